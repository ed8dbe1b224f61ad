// The contrast ratios noted in style/tokens.css: computed again, so that a comment cannot lie.

const LINES = new Set(["line-strong", "focus"]);

function luminance(hex) {
  const [r, g, b] = [1, 3, 5]
    .map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function ratio(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function block(css, selector) {
  const start = css.indexOf(selector);
  const body = start < 0 ? "" : css.slice(start, css.indexOf("}", start));
  const lines = [...body.matchAll(/--([a-z-]+): (#[0-9a-f]{6});(?: \/\* (.*?) \*\/)?/g)];
  return new Map(lines.map(([, name, colour, note]) => [name, { colour, note }]));
}

/** Sentences about what is wrong; none when all is well. */
export function checkContrast(css) {
  const light = block(css, ":root {");
  const system = block(css, ':root:not([data-theme="light"])');
  const chosen = block(css, ':root[data-theme="dark"]');
  const problems = [];
  for (const [theme, colours] of Object.entries({ light, dark: system })) {
    if (colours.size < 20) problems.push(`${theme}: ${colours.size} colours found`);
    for (const [name, { colour, note }] of colours) {
      for (const [, surface, said] of (note ?? "").matchAll(/([a-z-]+) (\d+\.\d)/g)) {
        const under = colours.get(surface);
        if (!under) {
          problems.push(`${theme} --${name}: no surface called ${surface}`);
          continue;
        }
        const real = ratio(colour, under.colour);
        if (real.toFixed(1) !== said) problems.push(`${theme} --${name} on ${surface} is ${real.toFixed(1)}, the comment says ${said}`);
        if (real < (LINES.has(name) ? 3 : 4.5)) problems.push(`${theme} --${name} on ${surface}: ${real.toFixed(2)} is too low`);
      }
    }
  }
  for (const name of new Set([...system.keys(), ...chosen.keys()])) {
    const a = system.get(name)?.colour;
    const b = chosen.get(name)?.colour;
    if (a !== b) problems.push(`dark --${name}: ${a} by system, ${b} by choice`);
  }
  for (const name of light.keys()) if (!system.has(name)) problems.push(`dark --${name} is missing`);
  return problems;
}
