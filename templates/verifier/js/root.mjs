// The trust root: versioned, signed k-of-n, chained from the one that the reader holds (attestation R1 to R4;
// verify/attest/root.py, trusted_root.py, verify/bundle/trust.py). Anchors never come from the bundle alone.
import { equal, sha256, unbase64, utf8 } from "./octets.mjs";
import { Fault, malformed, reading } from "./outcome.mjs";
import { canonical, has, readCanonical } from "./json.mjs";
import { items, matching, members, moment, oneOf } from "./shape.mjs";
import { readPolicy } from "./logtrust.mjs";
import { readTyped } from "./statement.mjs";
import { readKey, verifyP256 } from "./keys.mjs";
import { P256, signatureIntegers } from "./der.mjs";
import { readCertificate, sameName } from "./x509.mjs";

const TYPE = "application/vnd.truezero.root+json";
const SHAPED = "trust/trusted_root.json";

/** {root, held, sha256, recognised}: the newest root that the held one ({file, sha256}, either may be null) leads to. */
export async function trusted(held, all) {
  const files = new Map();
  for (const [name, octets] of all) {
    const match = /^trust\/root\.([1-9][0-9]{0,5})\.dsse\.json$/.exec(name);
    if (match) files.set(Number(match[1]), octets);
  }
  if (!files.size) throw new Fault("bundle.root_absent");
  const start = held.file || (await known(files, held.sha256));
  const found = await payloadDigest(start);
  if (held.sha256 && held.sha256 !== found) throw new Fault("attest.root_unknown");
  const mine = await own(start), chain = await chained(files), newest = chain.length;
  if (mine.version === newest + 1) await successor(chain[newest - 1], start);
  else if (mine.version <= newest && !equal(files.get(mine.version), start)) throw new Fault("bundle.root_other", { version: String(mine.version) });
  const shaped = all.get(SHAPED);
  if (!shaped || !equal(shaped, canonical(chain[newest - 1].trusted))) throw new Fault("bundle.root_shape", { member: SHAPED });
  return { root: newest > mine.version ? chain[newest - 1] : mine, held: mine.version, sha256: found, recognised: Boolean(held.sha256) };
}

async function known(files, wanted) {
  for (const octets of files.values()) if ((await payloadDigest(octets)) === wanted) return octets;
  throw new Fault("bundle.root_not_here");
}

const envelopeOf = (octets) => readTyped(octets, TYPE);

export async function payloadDigest(octets) {
  return sha256((await envelopeOf(octets)).payload);
}

async function chained(files) {
  const found = [];
  for (const version of [...files.keys()].sort((one, other) => one - other)) {
    const octets = files.get(version);
    const one = found.length ? await successor(found[found.length - 1], octets) : await alone(octets);
    if (!found.length && one.version !== 1) throw new Fault("attest.root_version", { held: "0", found: String(one.version) });
    if (one.version !== version) throw new Fault("bundle.root_name", { named: String(version), version: String(one.version) });
    found.push(one);
  }
  return found;
}

async function alone(octets) {
  const envelope = await envelopeOf(octets), found = await read(envelope.payload);
  await signed(envelope, [found]);
  return found;
}

async function own(octets) {
  const envelope = await envelopeOf(octets), found = await read(envelope.payload);
  await signed({ ...envelope, signatures: envelope.signatures.filter((one) => found.keys.has(one.keyid)) }, [found]);
  return found;
}

async function successor(held, octets) {
  const envelope = await envelopeOf(octets), found = await read(envelope.payload);
  if (found.version !== held.version + 1) throw new Fault("attest.root_version", { held: String(held.version), found: String(found.version) });
  await signed(envelope, [held, found]);
  return found;
}

/** Every signature is right and of a key of one of the roots; every root's threshold is met. */
async function signed(envelope, roots) {
  const names = envelope.signatures.map((one) => one.keyid);
  if (names.some((one, at) => at && names[at - 1] >= one)) throw new Fault("attest.root_signature", { detail: "twice, or out of order" });
  for (const one of envelope.signatures) {
    const key = roots.map((root) => root.keys.get(one.keyid)).find(Boolean);
    if (!key) throw new Fault("attest.root_signature", { detail: "of nobody" });
    await verifyP256(key, one.sig, envelope.signed);
    const s = signatureIntegers(one.sig)[1];
    if (s > P256 - s) throw new Fault("attest.root_signature", { detail: "s is not the smaller one" });
  }
  for (const root of roots) {
    const count = names.filter((one) => root.keys.has(one)).length;
    if (count < root.threshold)
      throw new Fault("attest.root_threshold", { version: String(root.version), found: String(count), wanted: String(root.threshold) });
  }
}

function read(payload) {
  return reading("attest.root", async () => {
    const held = members(readCanonical(payload), ["format", "keys", "threshold", "trusted_root", "version"], ["log_policy"]);
    oneOf(held.format, ["truezero-root/1"], "format");
    const keys = new Map();
    for (const one of items(held.keys, "keys", 1)) {
      const spki = unbase64(one, "keys"), key = readKey(spki), name = await sha256(spki);
      if (key.curve !== "P-256" || spki.length !== 91) malformed("keys: not P-256");
      const last = [...keys.keys()].pop();
      if (last !== undefined && last >= name) malformed("keys: one stands twice, or out of order");
      keys.set(name, key);
    }
    const [threshold, version] = ["threshold", "version"].map((one) => Number(matching(held[one], /^[1-9][0-9]{0,8}$/, one)));
    if (threshold > keys.size) malformed("threshold: more than there are keys");
    return { version, threshold, keys, trusted: held.trusted_root, anchors: await readAnchors(held.trusted_root), logs: await policyOf(held) };
  });
}

/** The keys of logs and witnesses, or null. */
async function policyOf(held) {
  if (!has(held, "log_policy")) return null;
  if (typeof held.log_policy !== "string") malformed("log_policy: no text");
  try {
    return await readPolicy(utf8(held.log_policy));
  } catch (error) {
    if (error instanceof Fault) malformed(`log_policy: ${error.args.detail}`);
    throw error;
  }
}

/** {people, clocks}: [{certificate, start, end}] of the Sigstore TrustedRoot object. */
async function readAnchors(value) {
  const held = members(value, ["certificateAuthorities", "ctlogs", "mediaType", "timestampAuthorities", "tlogs"]);
  oneOf(held.mediaType, ["application/vnd.dev.sigstore.trustedroot+json;version=0.1"], "mediaType");
  for (const name of ["ctlogs", "tlogs"]) items(held[name], name);
  const all = async (name) => Promise.all(items(held[name], name, 1).map(readAnchor));
  return { people: await all("certificateAuthorities"), clocks: await all("timestampAuthorities") };
}

async function readAnchor(value) {
  const held = members(value, ["certChain", "validFor"], ["subject", "uri"]);
  const chain = [];
  for (const one of items(members(held.certChain, ["certificates"]).certificates, "certChain", 1))
    chain.push(await readCertificate(unbase64(members(one, ["rawBytes"]).rawBytes, "rawBytes")));
  const window = members(held.validFor, ["start"], ["end"]);
  const start = moment(window.start, "start"), end = window.end === undefined ? null : moment(window.end, "end");
  const certificate = chain[chain.length - 1];
  if (!sameName(certificate.issuer, certificate.subject)) malformed("a chain that ends in no root");
  if (end !== null && end < start) malformed("validFor ends before it starts");
  return { certificate, start, end };
}

/** Was the anchor that a chain ended in trusted at `at` (microseconds)? */
export function within(anchors, used, at, subject) {
  const inside = (one) => one.certificate.id === used.id && BigInt(one.start) * 1000n <= at && (one.end === null || at <= BigInt(one.end) * 1000n);
  if (!anchors.some(inside)) throw new Fault("attest.anchor_window", { subject, at });
}

