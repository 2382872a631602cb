// The report of a bundle: is it the signed one, does everything beside it follow from it, do its figures come out again
// (verify/bundle/reported.py, published.py, bindings.py, stated.py).
import { compareText, equal, sha256 } from "./octets.mjs";
import { Fault, Malformed, refused } from "./outcome.mjs";
import { canonical, has, isObject, readMember } from "./json.mjs";
import { readTable } from "./forms.mjs";
import { outside, SUMS } from "./names.mjs";
import { isInstructions, madeAgain, METADATA, PAGES } from "./made.mjs";
import { ROWS, TOTALS, checkCommitments } from "./commitments.mjs";
import { recompute } from "./recompute.mjs";
import { DATA } from "./data.mjs";

const RESTS = "attest.rests_on_failed", REPORT = "report.json", RULER = "ruler.json", CELLS = "data/cells.csv";
const KNOWN = [SUMS, REPORT, RULER, ROWS, TOTALS, ...PAGES, ...METADATA];
const NOTHING = "–", LISTED = 5;

const text = "text", maybe = "maybe", words = { zh: text, en: text };
const FACTS = {
  format: text, park: { id: text, kind: text, names: {} }, ruler: { id: text, sha256: text, title: words }, role: text, year: text,
  headline: { item: text, year: text, verdict: maybe, opinion: text },
  items: [{ item: text, year: text, unit: text, claimed: maybe, proven: maybe, strict: maybe }],
  indicators: [{ id: text, item: text, year: text, unit: text, value: maybe, proven_value: maybe, verdict: maybe, title: words }],
  parameters: [{ id: text, chosen: text }], terms: [{ term: text, tco2: maybe }], opinion: { value: text, assurance: maybe },
};
const SHAPE = {
  facts: FACTS, places: {}, withheld: [{ path: text, state: text, reason: { key: text, arguments: {} }, count: text }], withheld_share: text,
};
const ONCE = { items: ["item", "year"], indicators: ["id"], parameters: ["id"], terms: ["term"] };

/** Checks report, ruler, stated, tables, recompute, pages, metadata; commitments and copies where there are any. */
export async function reported(record, members, statement, plain) {
  const rest = ["stated", "tables", "recompute", "pages", "metadata"];
  if (!statement) {
    for (const name of ["report", "ruler", ...rest]) record.skip(name, RESTS);
    return { report: null, ruler: null, recomputed: [] };
  }
  const report = await record.run("report", () => signedReport(members, statement));
  const ruler = await record.run("ruler", () => signedRuler(members, plain, statement));
  let recomputed = [];
  if (!report) for (const name of rest) record.skip(name, RESTS);
  else {
    record.each("stated", differences(statement, report.facts));
    recomputed = await derived(record, members, statement, report, ruler);
  }
  if (statement.commitments !== null || members.has(ROWS) || members.has(TOTALS)) await commitments(record, members, statement, report);
  copies(record, members);
  return { report, ruler, recomputed };
}

async function commitments(record, members, statement, report) {
  const [cells] = await tried(() => readTable(member(members, CELLS), CELLS));
  if (!report || !cells) {
    record.skip("commitments", RESTS);
    return;
  }
  const found = await record.run("commitments", () => checkCommitments(members, statement.commitments, report.facts, cells));
  if (found) record.note("bundle.commitments_hold", found);
}

function member(members, name) {
  if (!members.has(name)) throw new Fault("bundle.member_missing", { member: name });
  return members.get(name);
}

async function signedReport(members, statement) {
  const document = readMember(member(members, REPORT), REPORT);
  const not = (where) => refused("not_a_report", "E10", { member: REPORT, where });
  fit(document, SHAPE, "", not);
  const keys = Object.keys(document).sort().join();
  if (keys !== Object.keys(SHAPE).sort().join() || document.facts.format !== "truezero-report/1") throw not("format");
  for (const [section, key] of Object.entries(ONCE)) {
    const rows = document.facts[section].map((row) => JSON.stringify(key.map((name) => row[name])));
    if (new Set(rows).size !== rows.length) throw not(section);
  }
  const found = await sha256(canonical(document.facts));
  if (found !== statement.publicFacts) throw new Fault("bundle.report_other", { signed: statement.publicFacts, found });
  return { ...document, sha256: found };
}

function fit(value, shape, where, not) {
  if (shape === text) {
    if (typeof value !== "string") throw not(where);
  } else if (shape === maybe) {
    if (value !== null && typeof value !== "string") throw not(where);
  } else if (Array.isArray(shape)) {
    if (!Array.isArray(value)) throw not(where);
    for (const row of value) fit(row, shape[0], where, not);
  } else {
    if (!isObject(value) || Object.keys(shape).some((name) => !has(value, name))) throw not(where || "facts");
    for (const [name, inner] of Object.entries(shape)) fit(value[name], inner, where ? `${where}.${name}` : name, not);
  }
}

/** What ruler.json holds, signed or not; null where there is none in its one form. */
export function plainRuler(members) {
  try {
    const found = readMember(members.get(RULER) || new Uint8Array(0), RULER);
    return isObject(found) ? found : null;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

async function signedRuler(members, plain, statement) {
  const found = await sha256(member(members, RULER));
  if (found !== statement.ruler.sha256) throw new Fault("bundle.ruler_other", { signed: statement.ruler.sha256, found });
  if (!plain || !isObject(plain.text) || plain.text.id !== statement.ruler.id) throw refused("not_a_ruler", "E5", { member: RULER });
  return plain;
}

/** Every field where the statement says something else than the report. */
function differences(statement, facts) {
  const { headline, ruler, opinion, park } = facts, at = (field, item) => JSON.stringify([field, item]);
  const signed = new Map([
    [at("opinion", ""), statement.opinion], [at("headline", "opinion"), statement.opinion],
    [at("headline", "verdict"), statement.verdicts.get(headline.item) || NOTHING],
    ...[...statement.verdicts].map(([item, verdict]) => [at("verdict", item), verdict]),
    ...statement.quantities.map((one) => [at("quantity", one.item), `${one.value} ${one.unit}`]),
    [at("park", ""), statement.park], [at("boundary", ""), statement.boundary], [at("period", ""), statement.period],
    [at("assurance", ""), statement.assurance], [at("role", ""), "verification"],
    [at("ruler", ""), `${statement.ruler.id}@sha256:${statement.ruler.sha256}`],
  ]);
  const quantities = facts.items.filter((row) => row.year === facts.year && row.claimed !== null && !row.item.startsWith("term."));
  const told = new Map([
    [at("opinion", ""), opinion.value], [at("headline", "opinion"), headline.opinion], [at("headline", "verdict"), headline.verdict || NOTHING],
    ...facts.indicators.filter((row) => row.verdict !== null).map((row) => [at("verdict", `indicator.${row.id}`), row.verdict]),
    ...quantities.map((row) => [at("quantity", row.item), `${row.claimed} ${row.unit}`]),
    [at("park", ""), park.id], [at("boundary", ""), park.kind], [at("period", ""), `${facts.year}-01-01/${facts.year}-12-31`],
    [at("assurance", ""), opinion.assurance || NOTHING], [at("role", ""), facts.role], [at("ruler", ""), `${ruler.id}@sha256:${ruler.sha256}`],
  ]);
  const found = [];
  for (const key of new Set([...signed.keys(), ...told.keys()])) {
    const [said, other] = [signed, told].map((held) => (held.has(key) ? held.get(key) : NOTHING));
    const [field, item] = JSON.parse(key);
    if (said !== other) found.push(new Fault("bundle.stated_other", { field, item, signed: said, found: other }));
  }
  return found;
}

async function derived(record, members, statement, report, ruler) {
  const own = statement.version === DATA.version && statement.catalogue === DATA.catalogue;
  const [cells, noCells] = await tried(() => readTable(member(members, CELLS), CELLS));
  const document = { facts: report.facts, places: report.places, withheld: report.withheld, withheld_share: report.withheld_share };
  const [made, notMade] = await tried(() => remade(document, ruler || {}, cells || [], members));
  const names = new Set([...members.keys()].filter((name) => name.startsWith("data/")));
  for (const name of made ? made.tables.keys() : []) names.add(name);
  const fault = noCells || notMade;
  record.each("tables", fault ? [fault] : compared(made.tables, members, [...names].sort(compareText)));
  const recomputed = await worked(record, cells, ruler, report.facts);
  const versions = { made: statement.version, here: DATA.version };
  // no page is rendered here: bytes on the signed list, and nothing more is said of them
  record.skip("pages", "bundle.pages_not_made", {}, false);
  if (!own) record.skip("metadata", statement.version === DATA.version ? "bundle.other_words" : "bundle.other_tool", versions, false);
  else if (!ruler || noCells) record.skip("metadata", RESTS);
  else {
    const instructions = members.get("VERIFY.md");
    const wrong = instructions && !(await isInstructions(instructions)) ? [new Fault("bundle.made_other", { member: "VERIFY.md" })] : [];
    const absent = instructions ? [] : [new Fault("bundle.made_missing", { member: "VERIFY.md" })];
    record.each("metadata", notMade ? [notMade] : [...absent, ...wrong, ...compared(made.metadata, members, [...made.metadata.keys()])]);
  }
  return recomputed;
}

async function remade(document, ruler, cells, members) {
  try {
    return await madeAgain(document, ruler, cells, members);
  } catch (error) {
    if (error instanceof Malformed || error instanceof TypeError) throw new Fault("bundle.not_made_again", { what: "content", detail: error.message });
    throw error;
  }
}

function compared(made, members, names) {
  const found = [];
  for (const name of names) {
    if (!members.has(name)) found.push(new Fault("bundle.made_missing", { member: name }));
    else if (!made.has(name)) found.push(new Fault("bundle.made_unknown", { member: name }));
    else if (!equal(made.get(name), members.get(name))) found.push(new Fault("bundle.made_other", { member: name }));
  }
  return found;
}

async function worked(record, cells, ruler, facts) {
  if (!cells || !ruler) {
    record.skip("recompute", RESTS);
    return [];
  }
  const [found, fault] = await tried(() => recompute(ruler, facts, cells));
  if (fault) {
    record.each("recompute", [fault]);
    return [];
  }
  const name = (one) => `${one.item} ${one.kind}`; // an indicator stands in two sections
  const count = new Set(found.map(name)).size, again = new Set(found.filter((one) => one.state === "verified").map(name)).size;
  const wrong = found.filter((one) => one.state === "failed");
  if (!wrong.length && !again) {
    record.skip("recompute", "bundle.recompute_nothing", { count: String(count) });
    return found;
  }
  record.each("recompute", wrong.map((one) => new Fault("bundle.recomputed_failed", { item: one.item, kind: one.kind, published: one.published, recomputed: one.recomputed })));
  if (!wrong.length) record.note("bundle.recompute_some", { again: String(again), count: String(count) });
  return found;
}

/** Signed files that nothing here reads: XLSX, PDF. */
function copies(record, members) {
  const others = [...members.keys()].filter((name) => !KNOWN.includes(name) && !name.startsWith("data/") && !outside(name));
  const listed = others.slice(0, LISTED).join(", ") + (others.length > LISTED ? " …" : "");
  if (others.length) record.skip("copies", "bundle.copies", { count: String(others.length), listed }, false);
}

async function tried(make) {
  try {
    return [await make(), null];
  } catch (error) {
    if (error instanceof Fault) return [null, error];
    throw error;
  }
}
