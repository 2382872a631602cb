// Chains of persons and of time-stamp authorities at a given moment (RFC 5280 section 6; verify/attest/identity.py), and what
// revocation lists say of them (I2 to I5; verify/attest/revocation.py). Moments are microseconds (BigInt).
import { Fault, malformed, Malformed, NotChecked } from "./outcome.mjs";
import { equal } from "./octets.mjs";
import { ECDSA, holds, RSA } from "./keys.mjs";
import { comparable, EXTENSION, nameText, reasonOf, sameName, timeOf } from "./x509.mjs";

const BITS = { signature: 0, content: 1, certificates: 5, lists: 6 };
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
const KNOWN = new Set([EXTENSION.aki, EXTENSION.ski, EXTENSION.usage, EXTENSION.san, EXTENSION.constraints, EXTENSION.uses, EXTENSION.authority]);
const LONGEST = 8;
const COMPROMISE = [1, 2, 10]; // keyCompromise, cACompromise, aACompromise
export const REASONS = {
  0: "unspecified", 1: "keyCompromise", 2: "cACompromise", 3: "affiliationChanged", 4: "superseded", 5: "cessationOfOperation",
  6: "certificateHold", 8: "removeFromCRL", 9: "privilegeWithdrawn", 10: "aACompromise",
};

export const micro = (milliseconds) => BigInt(milliseconds) * 1000n;
export const subjectOf = (one) => nameText(one.subject);

/** The chain of a person in a role, leaf first, anchor last. `use` is the OID of the role. */
export async function personChain(leaf, pool, anchors, role, use, at) {
  checkLeaf(leaf, at);
  if (leaf.key.curve !== "P-256") throw new Fault("attest.key_type", { wanted: "P-256" });
  return bodyChain(leaf, pool, anchors, role, use, at);
}

/** The same of a further signatory, whatever the key (ADR 0017). */
export async function furtherChain(leaf, pool, anchors, use, at) {
  checkLeaf(leaf, at);
  return bodyChain(leaf, pool, anchors, "further", use, at);
}

async function bodyChain(leaf, pool, anchors, role, use, at) {
  const exact = leaf.usage && leaf.usage.size === 2 && leaf.usage.has(BITS.signature) && leaf.usage.has(BITS.content);
  if (!exact) throw new Fault("attest.key_usage", { subject: subjectOf(leaf) });
  if (!leaf.uses || leaf.uses.length !== 1 || leaf.uses[0] !== use) throw new Fault("attest.role_missing", { subject: subjectOf(leaf), role });
  const chain = await build(leaf, pool, anchors, at);
  const unfit = (one) => new Fault("attest.authority_profile", { subject: subjectOf(one) });
  for (const one of chain.slice(1))
    if (!one.usage || !one.usage.has(BITS.lists) || !["P-256", "P-384"].includes(one.key.curve)) throw unfit(one);
  // persons are named by a body, never by the root itself
  if (chain.length < 2 || !chain[1].constraints || chain[1].constraints.length !== 0) throw unfit(chain[chain.length - 1]);
  return chain;
}

export async function clockChain(leaf, pool, anchors, at) {
  checkLeaf(leaf, at);
  const usage = leaf.usage;
  if (!usage || !usage.has(BITS.signature) || usage.has(BITS.certificates)) throw new Fault("attest.key_usage", { subject: subjectOf(leaf) });
  const held = leaf.extensions.get(EXTENSION.uses);
  if (!held || !held.critical || leaf.uses.length !== 1 || leaf.uses[0] !== TIME_STAMPING) throw new Fault("attest.time_role", { subject: subjectOf(leaf) });
  return build(leaf, pool, anchors, at);
}

function checkLeaf(leaf, at) {
  if (at < micro(leaf.start) || at > micro(leaf.end)) throw new Fault("attest.not_valid_then", { subject: subjectOf(leaf), at });
  if (leaf.constraints && leaf.constraints.ca) throw new Fault("attest.leaf_is_authority", { subject: subjectOf(leaf) });
}

async function build(leaf, pool, anchors, at) {
  if (!anchors.length) throw new Fault("attest.no_anchor");
  const refusal = (detail) => new Fault("attest.chain_refused", { subject: subjectOf(leaf), detail });
  const state = { pool, anchors, at: at / 1000000n, reason: "no issuer that an anchor admits", left: 200 };
  try {
    fit(leaf, state.at);
    const found = await upwards([leaf], 0, state);
    if (found) return found;
  } catch (error) {
    if (error instanceof Malformed) throw refusal(error.message);
    throw error;
  }
  throw refusal(state.reason);
}

/** Depth first, anchors before intermediates; null where nothing leads to an anchor. */
async function upwards(chain, below, state) {
  const one = chain[chain.length - 1];
  if (state.anchors.some((anchor) => anchor.id === one.id)) return chain;
  if (chain.length > LONGEST) return null;
  const named = (issuer) => equal(issuer.subjectRaw, one.issuerRaw);
  for (const issuer of [...state.anchors.filter(named), ...state.pool.filter(named)]) {
    if (chain.includes(issuer) || chain.some((held) => held.id === issuer.id)) continue;
    if ((state.left -= 1) < 0) return null;
    try {
      fit(issuer, state.at);
      authority(issuer, below);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      state.reason = error.message;
      continue;
    }
    if (!(await issued(one, issuer))) {
      state.reason = "a signature of the chain";
      continue;
    }
    const selfIssued = equal(issuer.subjectRaw, issuer.issuerRaw);
    const found = await upwards([...chain, issuer], selfIssued ? below : below + 1, state);
    if (found) return found;
  }
  return null;
}

/** What every certificate of a chain must be. Whole seconds count, as in the window itself. */
function fit(one, second) {
  if (second < BigInt(one.start) / 1000n || second > BigInt(one.end) / 1000n) malformed("cert is not valid at validation time");
  if (one.extensions.has(EXTENSION.names)) throw new NotChecked("page.name_constraints", { subject: subjectOf(one) });
  for (const [name, held] of one.extensions) if (held.critical && !KNOWN.has(name)) malformed("an unknown critical extension");
  if (!ECDSA[one.algorithm] && !RSA[one.algorithm]) malformed("a signature algorithm that is not taken");
  if (!one.issuer.length) malformed("no issuer");
}

function authority(one, below) {
  const held = one.extensions.get(EXTENSION.constraints);
  if (!held || !held.critical || !one.constraints.ca) malformed("no authority");
  if (!one.usage || !one.usage.has(BITS.certificates)) malformed("may not sign certificates");
  if (one.constraints.length !== null && one.constraints.length < below) malformed("path length");
  const known = one.key.kind === "ec" || (one.key.kind === "rsa" && one.key.bits >= 2048);
  if (!known || !one.subject.length) malformed("key of an authority");
}

/** Is `one` (a certificate or a list) signed by the key of `issuer`? */
async function issued(one, issuer) {
  const hash = issuer.key.kind === "rsa" ? RSA[one.algorithm] : ECDSA[one.algorithm];
  if (!hash) return false;
  try {
    return await holds(issuer.key, hash, one.signature, one.tbs);
  } catch (error) {
    if (error instanceof Fault && !(error instanceof NotChecked)) return false;
    throw error;
  }
}

/** The standing at `at` of every certificate of a chain but its anchor; those revoked later are given back (I5). */
export async function standing(chain, lists, at) {
  const later = [];
  for (let place = 0; place + 1 < chain.length; place += 1) {
    const found = await standingOf(chain[place], chain[place + 1], lists, at);
    if (found) later.push(found);
  }
  return later;
}

async function standingOf(one, issuer, lists, at) {
  const wrong = (detail) => new Fault("attest.crl_wrong", { issuer: subjectOf(issuer), detail });
  const named = lists.filter((list) => sameName(list.issuer, issuer.subject));
  if (!named.length) throw new Fault("attest.crl_missing", { issuer: subjectOf(issuer) });
  if (named.length > 1) throw new Fault("attest.crl_twice", { issuer: subjectOf(issuer) });
  const list = named[0];
  const signs = issuer.usage && issuer.usage.has(BITS.lists) && issuer.key.kind === "ec";
  if (!signs || !(await issued(list, issuer))) throw wrong("signature");
  for (const [name, held] of list.extensions) if (held.critical && name !== EXTENSION.number && name !== EXTENSION.aki) throw wrong("critical extension");
  if (list.extensions.has(EXTENSION.delta) || list.extensions.has(EXTENSION.distribution)) throw wrong("not the full list");
  if (list.next === null || list.next <= list.update) throw wrong("nextUpdate");
  if (micro(list.update) < at) throw new Fault("attest.crl_too_early", { issuer: subjectOf(issuer), this_update: micro(list.update), at });
  const entry = list.entries.find((held) => held.serial === one.serial);
  if (!entry) return null;
  const { reason, invalid } = entryOf(entry, wrong);
  const late = micro(entry.at) > at && (invalid === null || micro(invalid) > at);
  const told = { subject: subjectOf(one), revoked: micro(entry.at), reason: REASONS[reason] };
  if (!late || COMPROMISE.includes(reason)) throw new Fault("attest.revoked", told);
  return told;
}

function entryOf(entry, wrong) {
  const found = { reason: 0, invalid: null };
  try {
    for (const [name, held] of entry.extensions) {
      if (name === EXTENSION.reason) found.reason = reasonOf(held.value);
      else if (name === EXTENSION.invalid) found.invalid = timeOf(held.value);
      else if (held.critical) throw wrong("critical extension of an entry");
    }
  } catch (error) {
    if (error instanceof Malformed) throw wrong(error.message);
    throw error;
  }
  if (!REASONS[found.reason]) throw wrong("a reason that is none");
  return found;
}

/** I6: another key, another subject, and no alternative name in common. */
export function twoPersons(lead, reviewer) {
  const one = (same) => new Fault("attest.one_person", { same });
  if (lead.spki === reviewer.spki) throw one("SPKI");
  if (comparable(lead.subject) === comparable(reviewer.subject)) throw one(subjectOf(lead));
  const held = new Set(lead.names.map((name) => name.toLowerCase()));
  const shared = reviewer.names.map((name) => name.toLowerCase()).filter((name) => held.has(name)).sort();
  if (shared.length) throw one(shared[0]);
}
