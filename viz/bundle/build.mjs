// Builds viz/assets/vis-network.<version>.js from the locked packages, refuses text that a page
// with a policy by hash must not hold, and writes its SHA-256 and the licences beside it.
// Run: npm ci --ignore-scripts && npm run build

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ASSETS = join(HERE, "..", "assets");
const FORBIDDEN = [
  "</script", "<!--", "eval(", "new Function", "innerHTML", "outerHTML",
  "insertAdjacentHTML", "document.write", "http://", "https://",
];

const read = (...parts) => readFileSync(join(HERE, ...parts), "utf8");
const about = (name) => JSON.parse(read("node_modules", name, "package.json"));

// The page carries the code, so the page must carry what its licences ask for. Where a package
// offers a choice, MIT is taken.
const IN_BUNDLE = ["@egjs/hammerjs", "component-emitter", "keycharm", "uuid", "vis-data", "vis-network", "vis-util"];

function licencesOf(name) {
  const folder = join(HERE, "node_modules", name);
  const files = readdirSync(folder).filter((file) => /^licen[cs]e(?!-apache)/i.test(file)).sort();
  if (!files.length) throw new Error(`${name} carries no licence file`);
  return files.map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
}

function banner() {
  const texts = IN_BUNDLE.map((name) => [name, about(name).version, licencesOf(name).join("\n")]);
  const owners = texts.map(([name, version, text]) =>
    [`${name} ${version} (MIT)`, ...text.match(/^copyright.*$/gim).map((line) => "  " + line)].join("\n"));
  const permission = /permission is hereby granted[\s\S]*/i.exec(texts.at(-2)[2])[0];
  return "/*!\n" + owners.join("\n").replace(/\s*[<(]?https?:\S+/g, "") + "\n\n" + permission + "\n*/";
}

async function bundle() {
  const { outputFiles, metafile } = await build({
    absWorkingDir: HERE,
    entryPoints: ["entry.mjs"],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "iife",
    globalName: "vis",
    target: ["chrome103", "firefox113", "safari16.4"],
    charset: "ascii",
    legalComments: "none",
    banner: { js: banner() },
  });
  return { text: outputFiles[0].text, inputs: Object.keys(metafile.inputs) };
}

// What esbuild read must be what the notices name: a new dependency of vis stops the build.
function check(inputs) {
  const read = inputs.map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  const found = [...new Set(read.filter(Boolean))].sort();
  if (found.join() !== IN_BUNDLE.join()) {
    throw new Error(`the bundle is made of ${found}; the notices name ${IN_BUNDLE}`);
  }
}

function notice(name) {
  const { version, license } = about(name);
  return [`${name} ${version}\nLicence: ${license}`, ...licencesOf(name)].join("\n\n");
}

const { text, inputs } = await bundle();
check(inputs);
const found = FORBIDDEN.filter((word) => text.includes(word));
if (found.length) {
  throw new Error(`the bundle holds ${found.join(", ")}: a page under our policy must not`);
}
const version = about("vis-network").version;
const name = `vis-network.${version}.js`;
const line = "\n" + "=".repeat(80) + "\n\n";
const sum = createHash("sha256").update(text).digest("hex");
writeFileSync(join(ASSETS, name), text);
writeFileSync(join(ASSETS, "CHECKSUMS"), `${sum}  ${name}\n`);
writeFileSync(
  join(ASSETS, "LICENSES-vis.txt"),
  `Notices for ${name}, built by viz/bundle/build.mjs.\n` +
    line + IN_BUNDLE.map(notice).join("\n" + line) + "\n",
);
process.stdout.write(`${name}: ${text.length} bytes, sha256 ${sum}\n`);
