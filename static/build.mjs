// Builds static/build from static/src and the two front-end packages. Run by `npm run build`.
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compile } from "sass";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, "static", "src");
const finished = join(root, "static", "build");
// Built beside and moved into place at the end: a build that fails leaves the last good one.
const target = join(root, "node_modules", ".cache", "mash-assets");
const govuk = join(root, "node_modules", "govuk-frontend", "dist", "govuk");
const moj = join(root, "node_modules", "@ministryofjustice", "frontend", "moj");

// Marks that only gov.uk and the Ministry may carry, and their font.
const reserved = /crest|crown|govuk-icon|opengraph|apple-touch|favicon|GDS Transport/i;

async function styles() {
  const { css } = compile(join(source, "app.scss"), {
    importers: [{ findFileUrl: (url) => (url.startsWith("node_modules/") ? pathToFileURL(join(root, url)) : null) }],
    logger: { warn() {}, debug() {} },
    quietDeps: true,
    style: "compressed",
  });
  await writeFile(join(target, "css", "app.css"), css);
  return css;
}

async function images(css) {
  const named = new Set([...css.matchAll(/url\(["']?\.\.\/images\/([^"')]+)/g)].map((match) => match[1]));
  for (const name of named) {
    await cp(join(moj, "assets", "images", name), join(target, "images", name));
  }
  await cp(join(source, "images"), join(target, "images"), { recursive: true });
  return named;
}

async function scripts() {
  await cp(join(source, "js"), join(target, "js"), { recursive: true });
  for (const file of [join(govuk, "govuk-frontend.min.js"), join(moj, "moj-frontend.min.js")]) {
    const text = await readFile(file, "utf8");
    // The source maps are not shipped; a hashed static storage refuses the dangling name.
    await writeFile(join(target, "js", "vendor", basename(file)), text.replace(/\/\/# sourceMappingURL=.*\s*$/, ""));
  }
}

function refuse(css) {
  const absolute = [...css.matchAll(/url\(["']?(?!data:|\.\.\/images\/)([^"')]*)/g)].map((match) => match[0]);
  const mark = css.match(reserved);
  if (mark || absolute.length) {
    throw new Error(`app.css must not carry ${mark?.[0] ?? absolute.join(", ")}`);
  }
}

await rm(target, { recursive: true, force: true });
for (const folder of ["css", "images", join("js", "vendor")]) {
  await mkdir(join(target, folder), { recursive: true });
}
const css = await styles();
refuse(css);
await images(css);
await scripts();
await rm(finished, { recursive: true, force: true });
await rename(target, finished);
const files = (await readdir(finished, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
console.log(`static/build: ${files.length} files, app.css ${Math.round(css.length / 1024)} kB`);
