// RFC 3161 tokens over signature octets (attestation T1, T6; verify/attest/timestamp.py, cms.py), read strictly: whatever no
// signature covers is empty or bound to what one does.
import { compareOctets, digest, equal } from "./octets.mjs";
import { Fault, malformed, Malformed, NotChecked, reading } from "./outcome.mjs";
import { children, element, encode, expect, generalizedTime, integer, NULL, OCTETS, OID, oid, parts, SET } from "./der.mjs";
import { ECDSA, HASHES, holds } from "./keys.mjs";
import { issuerAndSerial, readCertificate } from "./x509.mjs";
import { clockChain } from "./path.mjs";

const SIGNED_DATA = "1.2.840.113549.1.7.2", TST_INFO = "1.2.840.113549.1.9.16.1.4";
const CONTENT_TYPE = "1.2.840.113549.1.9.3", MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const CERTIFICATE = "1.2.840.113549.1.9.16.2.12", CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
const RSA_KEY = "1.2.840.113549.1.1.1";

/** {at, chain}: genTime in microseconds and the authority's chain, for exactly these signature octets. */
export async function verifyStamp(token, signature, anchors, pool) {
  const { signed, at, imprint } = await reading("attest.time_unreadable", async () => {
    const held = await readSigned(response(token));
    return { signed: held, ...information(held.content) };
  });
  if (!equal(await digest(imprint.hash, signature), imprint.digest)) throw new Fault("attest.time_wrong_message");
  await verifySigned(signed);
  const chain = await clockChain(signed.signer, [...pool, ...signed.certificates], anchors, at);
  const inside = new Set(chain.map((one) => one.id));
  if (signed.certificates.some((one) => !inside.has(one.id)))
    throw new Fault("attest.time_unreadable", { detail: "a certificate that is not of the authority's chain" });
  return { at, chain };
}

/** TimeStampResp: granted, without a text that nobody signed. */
function response(octets) {
  const [status, token] = parts(element(octets), 2);
  if (integer(parts(status, 1)[0]) !== 0n) malformed("the status is not granted, or says more than that");
  return token;
}

function information(content) {
  const [version, policy, imprint, serial, moment] = children(element(content));
  expect(policy, OID);
  if (integer(version) !== 1n || !moment || integer(serial) < 0n) malformed("no TSTInfo of version 1");
  const [algorithm, value] = parts(imprint, 2);
  return { at: generalizedTime(moment), imprint: { hash: hashOf(algorithm), digest: expect(value, OCTETS).body } };
}

function hashOf(one) {
  const [first, ...rest] = children(one), found = HASHES[oid(first)];
  const empty = !rest.length || (rest.length === 1 && rest[0].tag === NULL && !rest[0].body.length);
  if (!found || !empty) malformed("a digest algorithm that is not taken");
  return found;
}

async function readSigned(token) {
  const [kind, wrapped] = parts(token, 2);
  if (oid(kind) !== SIGNED_DATA) malformed("no signed data");
  const [version, digests, content, embedded, signers] = parts(parts(wrapped, 1, 0xa0)[0], 5);
  const [own, name, hash, attributes, algorithm, signature] = parts(parts(signers, 1, SET)[0], 6);
  if (integer(version) !== 3n || integer(own) !== 1n) malformed("another version of signed data");
  if (!equal(parts(digests, 1, SET)[0].raw, hash.raw)) malformed("digest algorithms that the signer does not use");
  const certificates = [];
  for (const one of children(embedded, 0xa0)) certificates.push(await readCertificate(one.raw));
  const signer = certificates.filter((one) => equal(issuerAndSerial(one), name.raw));
  if (signer.length !== 1 || new Set(certificates.map((one) => one.id)).size !== certificates.length)
    malformed("the signer's certificate is not there once");
  const [inside, held] = parts(content, 2);
  if (oid(inside) !== TST_INFO) malformed("no time-stamp information");
  return {
    content: expect(parts(held, 1, 0xa0)[0], OCTETS).body, certificates, signer: signer[0], hash: hashOf(hash), algorithm,
    attributes: expect(attributes, 0xa0), signature: expect(signature, OCTETS).body,
  };
}

/** The signer's signature over attributes that name content, digest and certificate. */
async function verifySigned(signed) {
  let good;
  try {
    await checkAttributes(signed);
    good = await holds(signed.signer.key, algorithmOf(signed), signed.signature, encode(SET, signed.attributes.body));
  } catch (error) {
    if (error instanceof NotChecked) throw error;
    if (!(error instanceof Malformed || error instanceof Fault)) throw error;
    throw new Fault("attest.time_signature", { detail: error.message });
  }
  if (!good) throw new Fault("attest.time_signature", { detail: "signature" });
}

function algorithmOf({ signer, algorithm, hash }) {
  const [name, ...rest] = children(algorithm), key = signer.key;
  const fit =
    key.curve === "P-256" || key.curve === "P-384"
      ? ECDSA[oid(name)] === hash && !rest.length
      : key.kind === "rsa" && key.bits >= 2048 && oid(name) === RSA_KEY && rest.length === 1 && rest[0].tag === NULL && !rest[0].body.length;
  if (!fit) malformed("signature algorithm or key of the authority");
  return hash;
}

async function checkAttributes(signed) {
  const listed = children(signed.attributes, 0xa0), found = new Map();
  listed.forEach((one, at) => {
    if (at && compareOctets(listed[at - 1].raw, one.raw) > 0) malformed("attributes out of order");
    const [kind, values] = parts(one, 2);
    if (found.has(oid(kind))) malformed("an attribute stands twice");
    found.set(oid(kind), parts(values, 1, SET)[0]);
  });
  const type = found.get(CONTENT_TYPE), value = found.get(MESSAGE_DIGEST);
  if (!type || oid(type) !== TST_INFO) malformed("content type");
  if (!value || !equal(expect(value, OCTETS).body, await digest(signed.hash, signed.content))) malformed("message digest");
  const newer = found.has(CERTIFICATE_V2), held = found.get(CERTIFICATE_V2) || found.get(CERTIFICATE);
  if (!held) malformed("no signing certificate attribute");
  const [first, second] = children(children(children(held)[0])[0]);
  const other = newer && first.tag === 0x30;
  const name = other ? hashOf(first) : newer ? "SHA-256" : "SHA-1";
  if (!equal(expect(other ? second : first, OCTETS).body, await digest(name, signed.signer.der))) malformed("the signing certificate is another one");
}
