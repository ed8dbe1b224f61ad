// One SVG sprite out of Lucide's drawings.

/** Lines of style/icons.txt: `name`, `name = drawing`, each perhaps followed by `@public`. */
export function readIconList(text) {
  return text
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter(Boolean)
    .map((line) => {
      const isPublic = line.endsWith("@public");
      const [name, drawing = name] = line.replace("@public", "").split("=").map((part) => part.trim());
      return { name, drawing, isPublic };
    });
}

/** Stroke and fill come from the class `icon`: a symbol holds its shapes only. */
export function sprite(icons, drawingOf) {
  const symbols = icons.map((icon) => {
    const shapes = drawingOf(icon)
      .replace(/<!--[\s\S]*?-->/g, "")
      .replace(/^[\s\S]*?<svg[\s\S]*?>/, "")
      .replace(/<\/svg>[\s\S]*$/, "")
      .replace(/\s*\n\s*/g, "")
      .replace(/\s+\/>/g, "/>");
    return `<symbol id="${icon.name}" viewBox="0 0 24 24">${shapes}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide, ISC: /licences/lucide.txt -->${symbols.join("")}</svg>\n`;
}
