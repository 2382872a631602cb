// The members that follow from the report, made again (verify/bundle/public_tables.py, data_package.py, crate.py): a signed table
// that says something else than the signed report would be a lie in two files.
import { ROWS, TOTALS } from "./commitments.mjs";
import { compareText, sha256 } from "./octets.mjs";
import { malformed } from "./outcome.mjs";
import { canonical, canonicalText, has, isObject } from "./json.mjs";
import { writeTable } from "./forms.mjs";
import { DATA } from "./data.mjs";

const CELLS = "cells", CRATE = "ro-crate-metadata.json", CRATE_VERSION = "https://w3id.org/ro/crate/1.2";
const PROFILES = "https://datapackage.org/profiles/2.0", MASS = "mass";
const TYPES = { text: "string", number: "number", count: "integer", year: "year", flag: "boolean", list: "array", object: "object", json: "any" };
export const PAGES = ["findings.sarif", "index.html", "report.en.html"];
export const METADATA = ["VERIFY.md", "datapackage.json", CRATE];
const LANGUAGES = { "index.html": "zh-CN", "findings.sarif": "zh-CN", "report.en.html": "en" };
const FORMATS = {
  csv: "text/csv", html: "text/html", json: "application/json", jsonl: "application/jsonl", md: "text/markdown", pdf: "application/pdf",
  sarif: "application/sarif+json", xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};
const WORDS = {
  "VERIFY.md": "member.instructions", "datapackage.json": "member.package", "findings.sarif": "member.findings",
  "index.html": "member.page_zh", "report.en.html": "member.page_en", "report.json": "member.report", "ruler.json": "member.ruler",
};

const pathOf = (name) => `data/${name}.csv`;
const need = (value, name) => (isObject(value) && has(value, name) ? value[name] : malformed(`no ${name}`));
const list = (value) => (Array.isArray(value) ? value : malformed("no list"));

/** Made again: {tables, metadata}, each Map of name to octets; VERIFY.md is told by its digest alone (`instructions`). */
export async function madeAgain(report, ruler, cells, members) {
  const facts = report.facts, tables = new Map();
  for (const table of DATA.tables) {
    const rows = table.name === CELLS ? [] : rowsOf(table, facts);
    if (rows.length) tables.set(pathOf(table.name), tableOf(table, rows));
  }
  const columns = DATA.tables.find((table) => table.name === CELLS).columns.map((column) => column.name);
  tables.set(pathOf(CELLS), writeTable(columns, cells.map((row) => columns.map((column) => row.get(column) || ""))));
  const files = new Map(tables);
  files.set("datapackage.json", canonical(await dataPackage(facts, tables)));
  files.set("report.json", canonical(report));
  files.set("ruler.json", canonical(ruler));
  for (const name of [...PAGES, "VERIFY.md", ROWS, TOTALS]) if (members.has(name)) files.set(name, members.get(name));
  const crate = canonical(await crateOf(facts, files));
  return { tables, metadata: new Map([["datapackage.json", files.get("datapackage.json")], [CRATE, crate]]) };
}

function rowsOf(table, facts) {
  const each = (section, key, part) => list(need(facts, section)).flatMap((row) => list(need(row, part)).map((one) => ({ ...key(row), ...one })));
  if (table.name === "flips") return each("indicators", (row) => ({ indicator: need(row, "id"), unit: need(row, "unit") }), "flips");
  if (table.name === "readings") return each("parameters", (row) => ({ parameter: need(row, "id") }), "readings");
  if (table.name === "terms_by_enterprise") return each("terms", (row) => ({ term: need(row, "term") }), "by_enterprise");
  if (table.name === "level") {
    const level = need(facts, "level");
    return ["strict", "proven", "claimed"].some((name) => need(level, name) !== null) ? [{ year: need(facts, "year"), ...level }] : [];
  }
  let found = facts;
  for (const step of table.rows.split(".")) found = DATA.optional.includes(step) && !has(found, step) ? [] : need(found, step);
  return list(found);
}

function tableOf(table, rows) {
  const lines = rows.map((row, at) => {
    const held = table.columns.map((column) => cell(column, row));
    return table.numbered ? [String(at + 1), ...held] : held;
  });
  const head = table.columns.map((column) => column.name);
  return writeTable(table.numbered ? ["number", ...head] : head, lines);
}

function cell(column, row) {
  let value = row;
  for (const step of (column.path || column.name).split(".")) value = isObject(value) && has(value, step) ? value[step] : null;
  if (value === null) return "";
  if (["list", "object", "json"].includes(column.kind)) return canonicalText(value);
  if (typeof value !== "string" && typeof value !== "boolean") malformed(`${column.name} is no text`);
  return String(value);
}

const filled = (text, args) => text.replace(/\{(\w+)\}/g, (_, name) => args[name]);
const joined = (texts) => (texts.zh === texts.en ? texts.zh : filled(DATA.data.both.zh, texts));

function both(key, args = {}) {
  const of = (language) => filled(DATA.data[key][language], Object.fromEntries(Object.entries(args).map(([name, held]) => [name, held[language]])));
  return joined({ zh: of("zh"), en: of("en") });
}

function ofPark(facts) {
  const names = need(facts.park, "names"), shown = (one) => names[one] || names.zh || names.en || facts.park.id;
  return {
    park: { zh: shown("zh"), en: shown("en") }, year: { zh: facts.year, en: facts.year },
    ruler: { zh: facts.ruler.title.zh, en: facts.ruler.title.en },
  };
}

async function dataPackage(facts, tables) {
  const { park, year } = ofPark(facts), known = new Map(DATA.tables.map((table) => [pathOf(table.name), table]));
  const total = facts.items.find((row) => row.item === "total.tco2"), mass = total ? total.unit : "tCO2";
  const resources = [];
  for (const path of [...tables.keys()].sort(compareText)) resources.push(await resource(known.get(path), path, tables, mass));
  return {
    $schema: `${PROFILES}/datapackage.json`, name: "truezero-public-report", title: both("package_title", { park, year }),
    description: both("package_description"), resources,
  };
}

async function resource(table, path, tables, mass) {
  const words = DATA.data[`table.${table.name}`], octets = tables.get(path);
  const columns = table.numbered ? [{ name: "number", kind: "count", unit: "" }, ...table.columns] : table.columns;
  const schema = {
    $schema: `${PROFILES}/tableschema.json`, fields: columns.map((column) => field(table, column, mass)), missingValues: [""], primaryKey: table.key,
  };
  const refers = table.refers.filter(([, other]) => tables.has(pathOf(other)));
  if (refers.length)
    schema.foreignKeys = refers.map(([column, other]) => ({
      fields: [column], reference: { resource: other, fields: DATA.tables.find((one) => one.name === other).key },
    }));
  return {
    $schema: `${PROFILES}/dataresource.json`, name: table.name, type: "table", path, title: words.zh, description: joined(words), format: "csv",
    mediatype: "text/csv", encoding: "utf-8", bytes: octets.length, hash: `sha256:${await sha256(octets)}`, schema,
  };
}

function field(table, column, mass) {
  const words = DATA.data[`column.${table.name}.${column.name}`] || DATA.data[`column.${column.name}`];
  const found = { name: column.name, type: TYPES[column.kind], title: words.zh, description: joined(words) };
  if (column.unit === MASS) found.unit = mass;
  else if (table.columns.some((other) => other.name === column.unit)) found.unitField = column.unit;
  else if (column.unit) found.unit = column.unit;
  if (table.key.includes(column.name)) found.constraints = { required: true };
  return found;
}

async function crateOf(facts, members) {
  const files = [];
  for (const name of [...members.keys()].sort(compareText)) files.push(await file(name, members.get(name)));
  const { park, year, ruler } = ofPark(facts);
  if (!/^[0-9]+$/.test(facts.year)) malformed("a year");
  const root = {
    "@id": "./", "@type": "Dataset", name: both("crate_title", { park, year }), description: both("crate_description", { year, ruler }),
    datePublished: `${String(Number(facts.year) + 1).padStart(4, "0")}-01-01`, temporalCoverage: `${facts.year}-01-01/${facts.year}-12-31`,
    spatialCoverage: { "@id": "#park" }, about: { "@id": "#park" }, inLanguage: ["zh-CN", "en"], license: { "@id": "#terms" },
    conditionsOfAccess: both("terms_text"), hasPart: files.map((one) => ({ "@id": one["@id"] })),
  };
  return {
    "@context": `${CRATE_VERSION}/context`,
    "@graph": [
      { "@id": CRATE, "@type": "CreativeWork", about: { "@id": "./" }, conformsTo: { "@id": CRATE_VERSION } },
      root,
      { "@id": "#terms", "@type": "CreativeWork", name: both("terms_name"), description: both("terms_text") },
      { "@id": "#park", "@type": "Place", identifier: facts.park.id, name: joined(park) },
      ...files,
    ],
  };
}

async function file(name, octets) {
  const table = DATA.tables.find((one) => pathOf(one.name) === name);
  const found = {
    "@id": name, "@type": "File", name: joined(DATA.data[table ? `table.${table.name}` : WORDS[name] || "member.other"]),
    encodingFormat: FORMATS[name.split(".").pop()] || "application/octet-stream", contentSize: String(octets.length), sha256: await sha256(octets),
  };
  if (LANGUAGES[name]) found.inLanguage = LANGUAGES[name];
  return found;
}

export const isInstructions = async (octets) => (await sha256(octets)) === DATA.instructions;
