// The few parts of Node that the fixtures use, so that the suite needs no further package to be type-checked.

declare module "node:child_process" {
  interface Output {
    setEncoding(encoding: "utf8"): void;
    on(event: "data", listener: (text: string) => void): void;
  }
  export interface ChildProcess {
    readonly pid?: number;
    readonly exitCode: number | null;
    readonly signalCode: string | null;
    readonly stdout: Output;
    readonly stderr: Output;
    kill(signal: "SIGTERM" | "SIGKILL"): boolean;
    once(event: "exit", listener: () => void): void;
    once(event: "error", listener: (error: Error) => void): void;
  }
  export function spawn(
    command: string,
    args: readonly string[],
    options: { cwd: string; env: Record<string, string | undefined>; stdio: ["ignore", "pipe", "pipe"] },
  ): ChildProcess;
}

declare module "node:fs" {
  export function existsSync(path: string): boolean;
  export function mkdtempSync(prefix: string): string;
  export function readFileSync(path: string, encoding: "utf8"): string;
  export function rmSync(path: string, options: { recursive: boolean; force: boolean }): void;
}

declare module "node:os" {
  export function tmpdir(): string;
}

declare module "node:path" {
  export function join(...parts: string[]): string;
}

declare const process: { readonly env: Record<string, string | undefined> };

declare class Buffer extends Uint8Array {}
