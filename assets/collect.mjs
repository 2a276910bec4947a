// Copies the listed files out of node_modules, draws the icon sprite and writes manifest.json, where every
// file in the vendor folder stands with its package, version, licence and sha512.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const target = process.argv[2];
const fds = "dkfds/src";
const sans = `${fds}/fonts/IBMPlexSans/complete`;
const serif = "@fontsource/ibm-plex-serif";
const parts = "@fontsource/ibm-plex-sans";  // the same face in pieces, for pages that must be light
const wanted = JSON.parse(readFileSync("wanted.json", "utf8"));

const version = (name) => JSON.parse(readFileSync(join("node_modules", name, "package.json"), "utf8")).version;
const entries = [];

function record(file, name, licence) {
  const sha512 = createHash("sha512").update(readFileSync(join(target, file))).digest("base64");
  entries.push({ file, package: name, version: version(name), licence, sha512 });
}

function copy(from, file, name, licence) {
  mkdirSync(dirname(join(target, file)), { recursive: true });
  copyFileSync(join("node_modules", from), join(target, file));
  record(file, name, licence);
}

// A module of the older kind as a script that leaves what it exports under one name.
function wrap(from, file, name, licence, as) {
  const code = readFileSync(join("node_modules", from), "utf8");
  writeFileSync(join(target, file), `globalThis.${as} = ((exports) => {\n${code}\nreturn exports;\n})({});\n`);
  record(file, name, licence);
}

function symbol(icon) {
  const svg = readFileSync(join("node_modules", fds, "img/svg-icons", `${icon}.svg`), "utf8");
  const [, viewBox, drawing] = svg.match(/viewBox="([^"]+)"[^>]*>([\s\S]*)<\/svg>/);
  return `<symbol id="${icon}" viewBox="${viewBox}">${drawing.trim()}</symbol>`;
}

function sprite() {
  const symbols = wanted.icons.map(symbol).join("\n");
  writeFileSync(join(target, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols}\n</svg>\n`);
  record("icons.svg", "dkfds", "Apache-2.0");
}

record("dkfds.css", "dkfds", "MIT");
sprite();
copy("dkfds/LICENSE.md", "licences/dkfds.md", "dkfds", "MIT");
for (const icon of wanted.backgrounds) {
  copy(`${fds}/img/svg-icons/${icon}.svg`, `${icon}.svg`, "dkfds", "Apache-2.0");
}
for (const face of wanted.sans) {
  copy(`${sans}/woff2/IBMPlexSans-${face}.woff2`, `fonts/IBMPlexSans-${face}.woff2`, "dkfds", "OFL-1.1");
}
for (const face of wanted.print) {
  copy(`${sans}/ttf/IBMPlexSans-${face}.ttf`, `fonts/ttf/IBMPlexSans-${face}.ttf`, "dkfds", "OFL-1.1");
}
copy(`${sans}/ttf/license.txt`, "licences/ibm-plex-sans.txt", "dkfds", "OFL-1.1");
for (const face of wanted.sans_parts) {
  copy(`${parts}/files/ibm-plex-sans-${face}.woff2`, `fonts/ibm-plex-sans-${face}.woff2`, parts, "OFL-1.1");
}
for (const face of wanted.serif) {
  copy(`${serif}/files/ibm-plex-serif-${face}.woff2`, `fonts/ibm-plex-serif-${face}.woff2`, serif, "OFL-1.1");
}
copy(`${serif}/LICENSE`, "licences/ibm-plex-serif.txt", serif, "OFL-1.1");
// what seals and opens the ballots of secret rounds in the browser; the sealed box brings its blakejs along
copy("tweetnacl/nacl-fast.min.js", "nacl.js", "tweetnacl", "Unlicense");
copy("tweetnacl/LICENSE", "licences/tweetnacl.txt", "tweetnacl", "Unlicense");
copy("tweetnacl-sealedbox-js/sealedbox.web.js", "sealedbox.js", "tweetnacl-sealedbox-js", "MIT");
copy("tweetnacl-sealedbox-js/LICENSE.txt", "licences/tweetnacl-sealedbox-js.txt", "tweetnacl-sealedbox-js", "MIT");
copy("blakejs/LICENSE", "licences/blakejs.txt", "blakejs", "MIT");
wrap("lean-qr/index.js", "lean-qr.js", "lean-qr", "MIT", "leanQr");
copy("lean-qr/LICENSE", "licences/lean-qr.txt", "lean-qr", "MIT");
copy("axe-core/axe.min.js", "axe.min.js", "axe-core", "MPL-2.0");
copy("detect-libc/LICENSE", "licences/apache-2.0.txt", "detect-libc", "Apache-2.0");
copy("axe-core/LICENSE", "licences/axe-core.txt", "axe-core", "MPL-2.0");

entries.sort((a, b) => (a.file < b.file ? -1 : 1));
writeFileSync(join(target, "manifest.json"), JSON.stringify(entries, null, 2) + "\n");
