// The page: two things to drop, one verdict. Every text of a bundle goes in as a text node; nothing is ever read as markup.
import { judge } from "./judge.mjs";
import { moment, visible, Words } from "./words.mjs";
import { DATA } from "./data.mjs";

const MOST = 536870912 + 16777216; // octets of a zip within the limits
const SIGNS = { verified: "✓", failed: "✗", not_checked: "?" };
const GROUPS = {
  container: ["container", "members", "canonical", "copies"], report: ["report", "ruler", "stated", "pages", "metadata"],
  figures: ["tables", "recompute", "commitments"], log: ["log", "log_checkpoint", "log_witnesses", "log_verdict", "log_rules"],
};
const TOLD = ["statement", "subject", "signatories", "signature.lead", "signature.reviewer", "two_persons"];
const state = { language: /^zh/i.test(navigator.language || "zh") ? "zh" : "en", bundle: null, root: null, digest: "", verdict: null, turn: 0, working: false, problem: "" };

function node(name, attributes, ...inner) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else made.setAttribute(key, value);
  }
  made.append(...inner.filter((one) => one !== null && one !== undefined && one !== ""));
  return made;
}

function render() {
  const { verdict } = state, words = new Words(state.language, verdict && verdict.report ? verdict.report.facts : null, verdict ? verdict.ruler : null);
  const focused = document.activeElement && document.activeElement.id;
  document.documentElement.lang = state.language === "zh" ? "zh-CN" : "en";
  document.title = words.say("page.title");
  const page = document.getElementById("page");
  page.replaceChildren(
    node("header", {}, node("span", { class: "brand" }, words.say("page.brand")), languageButton(words)),
    node("main", {}, node("h1", {}, words.say("page.title")), node("p", { class: "lead" }, words.say("page.lead")), inputs(words), result(words)),
    node("footer", {}, node("p", {}, words.say("page.where")), node("p", {}, words.say("page.limits")), node("p", {}, words.say("page.version", { version: DATA.version }))),
  );
  const again = focused && document.getElementById(focused);
  if (again) again.focus();
}

function languageButton(words) {
  const act = () => {
    state.language = state.language === "zh" ? "en" : "zh";
    render();
  };
  return node("button", { id: "language", type: "button", lang: state.language === "zh" ? "en" : "zh-CN", on: { click: act } }, words.say("page.language"));
}

function inputs(words) {
  const digest = node("input", {
    id: "digest", type: "text", autocomplete: "off", spellcheck: "false", value: state.digest,
    on: { change: (event) => given("digest", event.target.value.trim()) },
  });
  const wrong = state.digest && !cleanDigest() ? node("p", { role: "alert" }, words.say("page.digest_wrong")) : null;
  return node(
    "div", { class: "inputs" },
    dropzone(words, "1", "bundle", ".zip,application/zip"),
    dropzone(words, "2", "root", ".json,application/json", node("label", { class: "hash" }, words.say("page.digest"), digest), wrong),
  );
}

function dropzone(words, number, name, accept, ...more) {
  const held = state[name];
  const zone = node(
    "div", { class: held ? "drop given" : "drop" },
    node("h2", {}, node("span", { class: "n", "aria-hidden": "true" }, number), words.say(`page.${name}`)),
    node("p", {}, words.say(`page.${name}_hint`)),
    held ? node("p", { class: "held" }, words.say("page.given", { name: held.name })) : null,
    node(
      "label", { class: "pick" }, words.say("page.choose"),
      node("input", {
        id: `pick-${name}`, type: "file", accept, "aria-label": `${words.say(`page.${name}`)}: ${words.say("page.choose")}`,
        on: { change: (event) => event.target.files[0] && take(name, event.target.files[0]) },
      }),
    ),
    ...more,
  );
  const over = (on) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", on);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files[0]) take(name, event.dataTransfer.files[0]);
  });
  return zone;
}

async function take(name, file) {
  const words = new Words(state.language);
  if (file.size > MOST) return refuse(words.say("page.large", { name: file.name }));
  try {
    return given(name, { name: file.name, octets: new Uint8Array(await file.arrayBuffer()) });
  } catch {
    return refuse(words.say("page.unreadable", { name: file.name }));
  }
}

function refuse(problem) {
  Object.assign(state, { problem, verdict: null, working: false });
  render();
}

function cleanDigest() {
  const text = state.digest.toLowerCase().replace(/^sha256:/, "");
  return /^[0-9a-f]{64}$/.test(text) ? text : null;
}

/** Something was given: whatever was judged before is gone, and the newest turn alone is shown. */
async function given(name, value) {
  Object.assign(state, { [name]: value, verdict: null, problem: "" });
  const turn = (state.turn += 1);
  state.working = Boolean(state.bundle);
  render();
  if (!state.bundle || (state.digest && !cleanDigest())) {
    state.working = false;
    render();
    return;
  }
  const held = state.root || state.digest ? { file: state.root ? state.root.octets : null, sha256: state.digest ? cleanDigest() : null } : null;
  let verdict = null, problem = "";
  try {
    verdict = await judge(state.bundle.octets, held);
  } catch (error) {
    problem = new Words(state.language).say("page.internal", { detail: String(error) });
  }
  if (turn !== state.turn) return;
  Object.assign(state, { verdict, problem, working: false });
  render();
}

function result(words) {
  const live = node("div", { id: "result", "aria-live": "polite" });
  if (state.problem) live.append(node("div", { class: "verdict", role: "alert" }, node("p", {}, state.problem)));
  else if (state.working) live.append(node("div", { class: "verdict" }, node("p", {}, words.say("page.working"))));
  else if (state.verdict) live.append(headline(words), place(words), content(words), checks(words), figures(words), digests(words), proves(words));
  return live;
}

function headline(words) {
  const found = state.verdict, wrong = new Set(found.checks.filter((one) => one.state === "failed").map((one) => one.name));
  const open = found.checks.filter((one) => one.required && one.state === "not_checked");
  const rootless = open.some((one) => one.key === "bundle.no_root");
  const text = {
    verified: words.say("bundle.verified"), failed: words.say("page.failed", { count: wrong.size }),
    not_checked: words.say("bundle.not_checked", { count: open.length }),
  }[found.state];
  const first = [...wrong].map((name) => node("li", {}, words.title(name)));
  return node(
    "div", { class: `verdict ${found.state}`, "data-state": found.state },
    node("h2", {}, `${SIGNS[found.state]} ${words.say(`bundle.headline.${found.state}`)}`), node("p", {}, text),
    first.length ? node("ul", { class: "plain" }, ...first) : null,
    rootless && found.state === "not_checked" ? node("p", {}, words.say("page.needs_root")) : null,
    found.state === "verified" ? node("p", { class: "means" }, words.say("bundle.verified_means")) : null,
  );
}

/** What else the log holds of this place: open, overdue and adverse engagements stand on the first screen (L3). */
function place(words) {
  const { first } = state.verdict;
  if (!first.length) return "";
  return node("section", { class: "first" }, node("h2", {}, words.say("bundle.first")), node("ul", { class: "plain" }, ...first.map((one) => node("li", {}, words.reason(one)))));
}

function content(words) {
  const { statement, signers, checks: made, report } = state.verdict;
  if (!statement) return "";
  const holds = (name) => made.some((one) => one.name === name) && made.every((one) => one.name !== name || one.state === "verified");
  const [from, until] = statement.period.split("/");
  const list = (rows) => node("ul", {}, ...rows.map((row) => node("li", {}, row)));
  const named = report && typeof report.facts.park.names[state.language] === "string" ? report.facts.park.names[state.language] : statement.park;
  const rows = [
    ["bundle.label.park", `${visible(named)} · ${visible(words.coded("boundary", statement.boundary))}`],
    ["bundle.label.period", words.say("bundle.period", { first: from, last: until })],
    [
      "bundle.label.opinion",
      words.say("bundle.assured", {
        opinion: words.say(`report.opinion.${statement.opinion}`), means: words.say(`bundle.means.${statement.opinion}`),
        assurance: words.say(`report.assurance.${statement.assurance}`), value: statement.materiality.value,
        unit: words.has(`bundle.unit.${statement.materiality.unit}`) ? words.say(`bundle.unit.${statement.materiality.unit}`) : statement.materiality.unit,
      }),
    ],
    ["bundle.label.verdicts", list([...statement.verdicts].map(([item, verdict]) => `${words.say(`report.verdict.${verdict}`)} · ${visible(words.item(item))}`))],
    ["bundle.label.figures", list(statement.quantities.filter((one) => one.item === "total.tco2").map((one) => `${visible(words.item(one.item))} ${one.value} ${visible(one.unit)}`))],
    ["bundle.signed_by", list(signers.map((one) => signer(words, one)))],
    ["bundle.label.ruler", visible(statement.ruler.id)],
    ["bundle.label.engagement", `${visible(statement.engagement)} · ${visible(statement.verifier)}`],
  ];
  return node(
    "section", {}, node("h2", {}, words.say(TOLD.every(holds) ? "bundle.signed_content" : "bundle.claimed_content")),
    node("dl", { class: "told" }, ...rows.flatMap(([key, held]) => [node("dt", {}, words.say(key)), node("dd", {}, held)])),
  );
}

function signer(words, one) {
  const who = one.organisation ? words.say("bundle.named", { name: one.person, more: one.organisation }) : visible(one.person);
  const known = one.person ? who : words.say("bundle.signer_unknown", { key: one.spki.slice(0, 16) });
  const told = one.holds ? known : words.say("bundle.signer_claimed", { who: known });
  const at = one.at === null ? "" : ` · ${words.say("bundle.signed_at", { at: moment(one.at), clock: one.clock })}`;
  return `${words.role(one.name)} · ${told}${at}`;
}

function checks(words) {
  const all = state.verdict.checks, group = (one) => {
    const base = one.name.split(".")[0];
    return Object.keys(GROUPS).find((name) => GROUPS[name].includes(base)) || "signatures";
  };
  const parts = ["container", "signatures", "log", "report", "figures"].map((name) => {
    const rows = all.filter((one) => group(one) === name).map((one) => row(words, one));
    return rows.length ? [node("h3", {}, words.say(`bundle.group.${name}`)), node("ul", { class: "checks" }, ...rows)] : [];
  });
  return node("section", {}, node("h2", {}, words.say("page.checks")), ...parts.flat());
}

function row(words, one) {
  const why = words.reason(one), note = one.required || one.state === "verified" ? null : node("span", { class: "optional" }, ` (${words.say("page.optional")})`);
  return node(
    "li", { "data-check": one.name, "data-state": one.state },
    node("span", { class: `state ${one.state}` }, `${SIGNS[one.state]} ${words.say(`attest.state.${one.state}`)}`),
    node("span", {}, words.title(one.name), note, why ? node("span", { class: "why" }, why) : null),
  );
}

function figures(words) {
  const seen = new Map(state.verdict.recomputed.map((one) => [`${one.item} ${one.kind}`, one]));
  if (!seen.size) return "";
  const rank = { failed: 0, not_checked: 1, verified: 2 }, rows = [...seen.values()].sort((one, other) => rank[one.state] - rank[other.state]);
  const head = ["item", "kind", "published", "again", "state"].map((name) => node("th", { scope: "col", class: ["published", "again"].includes(name) ? "number" : name }, words.say(`page.${name}`)));
  const body = rows.map((one) => {
    const resting = one.given.length ? words.say("bundle.figure_rests", { items: one.given.map((item) => words.item(item)).join(words.say("bundle.list")) }) : "";
    return node(
      "tr", { "data-state": one.state }, node("td", {}, visible(words.item(one.item)), resting ? node("span", { class: "why" }, node("br"), resting) : null),
      node("td", { class: "kind" }, words.say(`bundle.kind.${one.kind}`)), node("td", { class: "number" }, visible(one.published)),
      node("td", { class: "number" }, visible(one.recomputed || "–")),
      node("td", {}, node("span", { class: `state ${one.state}` }, `${SIGNS[one.state]} ${words.say(`attest.state.${one.state}`)}`)),
    );
  });
  const open = rows.some((one) => one.state === "failed") ? { open: "" } : {};
  return node(
    "section", {}, node("h2", {}, words.say("bundle.recomputed")),
    node("details", open, node("summary", {}, words.say("page.all_figures", { count: rows.length })), node("table", {}, node("thead", {}, node("tr", {}, ...head)), node("tbody", {}, ...body))),
  );
}

function digests(words) {
  const { digests: held, notes } = state.verdict;
  const rows = Object.entries(held).flatMap(([name, value]) => [node("dt", {}, words.say(`bundle.digest.${name}`)), node("dd", {}, node("code", {}, value))]);
  return node(
    "section", {}, node("h2", {}, words.say("bundle.digests_of")), node("dl", { class: "told" }, ...rows),
    notes.length ? node("h3", {}, words.say("bundle.notes")) : null,
    notes.length ? node("ul", { class: "plain" }, ...notes.map((one) => node("li", {}, words.reason(one)))) : null,
  );
}

function proves(words) {
  const all = ["meters", "engagement", "hidden", "review", "page"].map((name) => node("li", {}, words.say(`bundle.proves_not_${name}`)));
  return node("section", {}, node("h2", {}, words.say("bundle.proves_not")), node("ul", { class: "plain" }, ...all));
}

for (const event of ["dragover", "drop"]) addEventListener(event, (held) => held.preventDefault());
render();
