// The envelope and the statement that two people signed (attestation E1 to E9; verify/attest/dsse.py, statement.py).
import { concat, unbase64, utf8 } from "./octets.mjs";
import { Fault, malformed, reading } from "./outcome.mjs";
import { has, readCanonical } from "./json.mjs";
import { day, decimal, items, matching, members, moment, oneOf, sha, words } from "./shape.mjs";

export const PAYLOAD_TYPE = "application/vnd.in-toto+json";
export const ROLES = ["lead", "reviewer"], FURTHER = "further";
const SUITES = ["P256_XMD:SHA-256_SSWU_RO_"];

/** An envelope in its canonical form: {type, payload, signatures: [{keyid, sig}], signed}. */
export function readEnvelope(octets) {
  return reading("attest.envelope_unreadable", () => {
    const held = members(readCanonical(octets), ["payload", "payloadType", "signatures"]);
    const signatures = items(held.signatures, "signatures", 1).map((one) => {
      const { keyid, sig } = members(one, ["keyid", "sig"]);
      if (typeof keyid !== "string") malformed("a member is no text");
      return { keyid, sig: unbase64(sig, "sig") };
    });
    if (typeof held.payloadType !== "string") malformed("a member is no text");
    const payload = unbase64(held.payload, "payload");
    return { type: held.payloadType, payload, signatures, signed: encoding(held.payloadType, payload) };
  });
}

/** Pre-authentication encoding (DSSE protocol): what every signature covers. */
function encoding(type, payload) {
  const kind = utf8(type);
  return concat(utf8(`DSSEv1 ${kind.length} `), kind, utf8(` ${payload.length} `), payload);
}

export async function readTyped(octets, wanted) {
  const found = await readEnvelope(octets);
  if (found.type !== wanted) throw new Fault("attest.payload_type", { found: found.type, wanted });
  return found;
}

export function readStatement(payload) {
  return reading("attest.statement", () => statement(readCanonical(payload)));
}

function statement(value) {
  const top = members(value, ["_type", "predicate", "predicateType", "subject"]);
  oneOf(top._type, ["https://in-toto.io/Statement/v1"], "_type");
  oneOf(top.predicateType, ["https://truezero.example/attestation/verification/v1"], "predicateType");
  const subject = members(items(top.subject, "subject", 1, 1)[0], ["digest", "name"]);
  oneOf(subject.name, ["SHA256SUMS"], "subject");
  const held = members(
    top.predicate,
    [
      "catalogue_sha256", "engagement_id", "level_of_assurance", "materiality", "opinion", "quantities", "report", "ruler", "scope",
      "signatories", "timeCreated", "tool", "verdicts", "verifier",
    ],
    ["commitments", "log_origin"],
  );
  const materiality = members(held.materiality, ["unit", "value"]);
  const report = members(held.report, ["facts_sha256", "public_facts_sha256"]);
  const ruler = members(held.ruler, ["id", "sha256"]);
  const scope = members(held.scope, ["boundary", "park", "period"]);
  const tool = members(held.tool, ["name", "version"]);
  oneOf(tool.name, ["truezero"], "tool");
  moment(held.timeCreated, "timeCreated");
  return {
    subject: sha(members(subject.digest, ["sha256"]).sha256, "subject"),
    opinion: oneOf(held.opinion, ["unmodified", "modified", "adverse", "disclaimer"], "opinion"),
    verdicts: verdicts(held.verdicts), quantities: quantities(held.quantities),
    park: words(scope.park, "park"), boundary: words(scope.boundary, "boundary"), period: period(scope.period),
    assurance: oneOf(held.level_of_assurance, ["limited", "reasonable"], "level_of_assurance"),
    materiality: { value: decimal(materiality.value, "materiality"), unit: words(materiality.unit, "materiality") },
    engagement: words(held.engagement_id, "engagement_id"),
    facts: sha(report.facts_sha256, "facts_sha256"), publicFacts: sha(report.public_facts_sha256, "public_facts_sha256"),
    ruler: { id: words(ruler.id, "ruler"), sha256: sha(ruler.sha256, "ruler") },
    catalogue: sha(held.catalogue_sha256, "catalogue_sha256"), version: words(tool.version, "tool"),
    verifier: words(members(held.verifier, ["id"]).id, "verifier"), created: held.timeCreated,
    signatories: signatories(held.signatories),
    commitments: has(held, "commitments") ? commitments(held.commitments) : null,
    log: has(held, "log_origin") ? words(held.log_origin, "log_origin") : null,
  };
}

function verdicts(value) {
  const listed = items(value, "verdicts").map((one) => members(one, ["item", "verdict"]));
  listed.forEach((one, at) => {
    matching(one.item, /^indicator\.[a-z0-9_.]+$/, "verdicts");
    oneOf(one.verdict, ["met", "not_met", "undetermined", "no_limit"], one.item);
    if (at && listed[at - 1].item >= one.item) malformed("verdicts: an item stands twice, or out of order");
  });
  return new Map(listed.map((one) => [one.item, one.verdict]));
}

function quantities(value) {
  const listed = items(value, "quantities").map((one) => members(one, ["item", "unit", "value"]));
  for (const one of listed) [words(one.item, "item"), decimal(one.value, "value"), words(one.unit, "unit")];
  if (new Set(listed.map((one) => one.item)).size !== listed.length) malformed("quantities: an item stands twice");
  return listed;
}

function signatories(value) {
  const listed = items(value, "signatories", 2).map((one) => members(one, ["role", "spki_sha256"]));
  for (const one of listed) [oneOf(one.role, [...ROLES, FURTHER], "role"), sha(one.spki_sha256, "spki_sha256")];
  const found = listed.map((one) => ({ role: one.role, spki: one.spki_sha256 }));
  if (new Set(found.map((one) => one.spki)).size !== found.length) malformed("signatories: one key stands twice");
  if (new Set(found.map((one) => `${one.role} ${one.spki.slice(0, 8)}`)).size !== found.length) malformed("signatories: two keys of one role begin alike");
  for (const role of ROLES) if (!found.some((one) => one.role === role)) malformed("signatories: lead and reviewer must both stand there");
  return found;
}

/** [name, signatory] in their order: the role, and for the next of the same role the beginning of its key behind it. */
export function named(held) {
  const found = new Map();
  for (const one of held.signatories) found.set(found.has(one.role) ? `${one.role}.${one.spki.slice(0, 8)}` : one.role, one);
  return [...found];
}

function commitments(value) {
  const held = members(value, ["root_sha256", "rows", "suite"]);
  matching(held.rows, /^(?:0|[1-9][0-9]*)$/, "commitments");
  return { root: sha(held.root_sha256, "commitments"), rows: held.rows, suite: oneOf(held.suite, SUITES, "suite") };
}

function period(value) {
  const [first, last, ...more] = words(value, "period").split("/");
  if (last === undefined || more.length || day(first, "period") > day(last, "period")) malformed("period: not two dates in order");
  return value;
}
