import type { Page } from "@playwright/test";
import { landing } from "../fixtures/index.ts";

/** Connexion. */
export class LoginPage {
  readonly heading;
  readonly email;
  readonly password;
  readonly connect;
  readonly forgotten;
  readonly show;
  readonly hide;
  readonly refusal;

  constructor(readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1, name: "Se connecter à l’Espace sécurisé" });
    this.email = page.getByRole("textbox", { name: "Adresse mail" });
    this.password = page.getByLabel("Mot de passe", { exact: true });
    this.connect = page.getByRole("button", { name: "Connexion", exact: true });
    this.forgotten = page.getByRole("link", { name: "Mot de passe oublié ?" });
    this.show = page.getByRole("button", { name: "Afficher le mot de passe" });
    this.hide = page.getByRole("button", { name: "Masquer le mot de passe" });
    this.refusal = page.getByRole("alert");
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/connexion${query}`);
  }

  async signIn(email: string, password: string) {
    await this.email.fill(email);
    await this.password.fill(password);
    return landing(this.page, () => this.connect.click());
  }
}
