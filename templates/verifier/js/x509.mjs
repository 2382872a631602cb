// Certificates and revocation lists (RFC 5280), read once to the last extension that anything here asks for.
import { hex, latin1, sha256, text, equal } from "./octets.mjs";
import { malformed } from "./outcome.mjs";
import {
  BITS, children, element, encode, ENUM, expect, integer, namedBits, OCTETS, oid, P384, parts, SEQUENCE, SET,
  signatureIntegers, time, truth, wholeBits,
} from "./der.mjs";
import { ECDSA, readKey } from "./keys.mjs";

export const NAME = { common: "2.5.4.3", organisation: "2.5.4.10" };
const SHORT = {
  "2.5.4.3": "CN", "2.5.4.7": "L", "2.5.4.8": "ST", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.6": "C", "2.5.4.9": "STREET",
  "0.9.2342.19200300.100.1.25": "DC", "0.9.2342.19200300.100.1.1": "UID",
};
const SM2_WITH_SM3 = "1.2.156.10197.1.501";
export const EXTENSION = {
  aki: "2.5.29.35", ski: "2.5.29.14", usage: "2.5.29.15", san: "2.5.29.17", constraints: "2.5.29.19", names: "2.5.29.30",
  points: "2.5.29.31", uses: "2.5.29.37", authority: "1.3.6.1.5.5.7.1.1", number: "2.5.29.20", delta: "2.5.29.27",
  distribution: "2.5.29.28", reason: "2.5.29.21", invalid: "2.5.29.24",
};

/** A certificate of DER octets; Malformed where it cannot be read. */
export async function readCertificate(der) {
  const held = outer(der), inside = children(held.covered);
  if (inside[0].tag !== 0xa0) malformed("a certificate of another version");
  const [version, serial, algorithm, issuer, validity, subject, spki, ...more] = inside;
  if (!spki || integer(parts(version, 1, 0xa0)[0]) !== 2n) malformed("a certificate of another version");
  if (!equal(algorithm.raw, held.algorithm.raw)) malformed("two algorithms");
  if (integer(serial) <= 0n) malformed("a serial number below 1");
  const [start, end] = parts(validity, 2).map(time);
  const extensions = more.filter((one) => one.tag === 0xa3);
  if (more.some((one) => ![0x81, 0x82, 0xa3].includes(one.tag)) || extensions.length > 1) malformed("a certificate");
  const found = {
    der, tbs: held.covered.raw, signature: held.signature, algorithm: held.oid, serial: integer(serial), serialRaw: serial.raw,
    issuer: readName(issuer), subject: readName(subject), issuerRaw: issuer.raw, subjectRaw: subject.raw, start, end,
    key: readKey(spki.raw), spki: await sha256(spki.raw), id: hex(der),
    extensions: extensions.length ? readExtensions(parts(extensions[0], 1, 0xa3)[0]) : new Map(),
  };
  found.constraints = of(found, EXTENSION.constraints, readConstraints);
  found.usage = of(found, EXTENSION.usage, (one) => new Set(namedBits(one)));
  found.uses = of(found, EXTENSION.uses, (one) => children(one).map(oid));
  found.names = of(found, EXTENSION.san, readAlternatives) || [];
  return found;
}

/** A revocation list of DER octets. */
export function readList(der) {
  const held = outer(der), inside = children(held.covered);
  if (integer(inside.shift()) !== 1n) malformed("a list of another version");
  const [algorithm, issuer, update, ...rest] = inside;
  if (!update || !equal(algorithm.raw, held.algorithm.raw)) malformed("two algorithms");
  const next = rest.length && [0x17, 0x18].includes(rest[0].tag) ? time(rest.shift()) : null;
  const entries = rest.length && rest[0].tag === SEQUENCE ? children(rest.shift()).map(readEntry) : [];
  const extensions = rest.length ? readExtensions(parts(rest.shift(), 1, 0xa0)[0]) : new Map();
  if (rest.length) malformed("a list");
  return {
    der, tbs: held.covered.raw, signature: held.signature, algorithm: held.oid, issuer: readName(issuer), issuerRaw: issuer.raw,
    update: time(update), next, entries, extensions, id: hex(der),
  };
}

/** What the issuer's signature does not cover stands in its one form too (verify/attest/certificates.py). */
function outer(der) {
  const [covered, algorithm, bits] = parts(element(der), 3);
  const signature = wholeBits(expect(bits, BITS)), name = oid(children(algorithm)[0]);
  if (ECDSA[name] && algorithm.body.length === children(algorithm)[0].raw.length) {
    try {
      signatureIntegers(signature, P384);
    } catch {
      malformed("the signature of an issuer is not in strict DER");
    }
  }
  if (name === SM2_WITH_SM3) parts(element(signature), 2).forEach((one) => integer(one));
  return { covered, algorithm, signature, oid: name };
}

function readEntry(one) {
  const [serial, at, extensions, ...more] = children(one);
  if (!at || more.length) malformed("an entry of a list");
  return { serial: integer(serial), at: time(at), extensions: extensions ? readExtensions(extensions) : new Map() };
}

function readExtensions(one) {
  const found = new Map();
  for (const extension of children(one)) {
    const inner = children(extension), name = oid(inner[0]);
    const critical = inner.length === 3 ? truth(inner[1]) : false;
    if (inner.length < 2 || inner.length > 3 || (inner.length === 3 && !critical)) malformed("an extension");
    if (found.has(name)) malformed("an extension stands twice");
    found.set(name, { critical, value: element(expect(inner[inner.length - 1], OCTETS).body) });
  }
  return found;
}

function of(certificate, name, read) {
  const held = certificate.extensions.get(name);
  return held ? read(held.value) : null;
}

function readConstraints(one) {
  const inner = children(one), found = { ca: false, length: null };
  if (inner.length && inner[0].tag === 1) {
    found.ca = truth(inner.shift());
    if (!found.ca) malformed("a default that is written");
  }
  if (inner.length) found.length = Number(integer(inner.shift()));
  if (inner.length || (found.length !== null && (found.length < 0 || !found.ca))) malformed("basic constraints");
  return found;
}

/** Alternative names as texts, to be compared with case aside. */
function readAlternatives(one) {
  return children(one).map((name) => ([0x81, 0x82, 0x86].includes(name.tag) ? latin1(name.body) : hex(name.raw)));
}

export function reasonOf(one) {
  return Number(integer(one, ENUM));
}

export function timeOf(one) {
  return time(one);
}

/** [[[oid, text], …] of each RDN]. */
export function readName(one) {
  return children(one).map((set) =>
    children(set, SET).map((pair) => {
      const [name, value] = parts(pair, 2);
      return [oid(name), readString(value)];
    }),
  );
}

function readString(one) {
  if (one.tag === 0x1e) {
    if (one.body.length % 2) malformed("a string");
    return new TextDecoder("utf-16be", { fatal: false }).decode(one.body);
  }
  if (![0x0c, 0x12, 0x13, 0x14, 0x16, 0x1a].includes(one.tag)) malformed("a string");
  return one.tag === 0x14 ? latin1(one.body) : text(one.body);
}

export const sameName = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export function attribute(name, wanted) {
  for (const set of name) for (const [kind, value] of set) if (kind === wanted) return value;
  return "";
}

/** The subject as RFC 4514 writes it. */
export function nameText(name) {
  const escaped = (value) => value.replace(/[\\,+"<>;]/g, "\\$&").replace(/^[ #]/, "\\$&").replace(/ $/, "\\ ");
  return [...name].reverse().map((set) => set.map(([kind, value]) => `${SHORT[kind] || kind}=${escaped(value)}`).join("+")).join(",");
}

/** Names that differ in case, width or blanks only are one name (RFC 5280 7.1). */
export function comparable(name) {
  return JSON.stringify(
    name.flat().map(([kind, value]) => [kind, value.normalize("NFKC").toLowerCase().split(/\s+/u).filter(Boolean).join(" ")]),
  );
}

export const issuerAndSerial = (one) => encode(SEQUENCE, one.issuerRaw, one.serialRaw);
