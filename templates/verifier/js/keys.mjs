// Public keys and the signatures that WebCrypto verifies: ECDSA on P-256, P-384, P-521, and RSA with PKCS #1 v1.5.
import { Fault, malformed, NotChecked } from "./outcome.mjs";
import { children, element, fixedForm, integer, OID, oid, P256, P384, P521, parts, wholeBits } from "./der.mjs";
import { utf8 } from "./octets.mjs";

const CURVES = { "1.2.840.10045.3.1.7": ["P-256", P256], "1.3.132.0.34": ["P-384", P384], "1.3.132.0.35": ["P-521", P521] };
const SM2_CURVE = "1.2.156.10197.1.301";
export const HASHES = {
  "2.16.840.1.101.3.4.2.1": "SHA-256", "2.16.840.1.101.3.4.2.2": "SHA-384", "2.16.840.1.101.3.4.2.3": "SHA-512",
};
export const ECDSA = { "1.2.840.10045.4.3.2": "SHA-256", "1.2.840.10045.4.3.3": "SHA-384", "1.2.840.10045.4.3.4": "SHA-512" };
export const RSA = { "1.2.840.113549.1.1.11": "SHA-256", "1.2.840.113549.1.1.12": "SHA-384", "1.2.840.113549.1.1.13": "SHA-512" };

/** {kind, curve, order, bits, spki} of a DER SubjectPublicKeyInfo; kind is "ec", "rsa", "sm2" or "other". */
export function readKey(spki) {
  const [algorithm, bits] = parts(element(spki), 2);
  const [kind, parameters] = children(algorithm);
  const held = { spki, kind: "other", curve: null, order: null, bits: 0 };
  if (oid(kind) === "1.2.840.10045.2.1") {
    const curve = parameters && parameters.tag === OID ? oid(parameters) : "";
    if (CURVES[curve]) [held.kind, held.curve, held.order] = ["ec", ...CURVES[curve]];
    else if (curve === SM2_CURVE) held.kind = "sm2";
    if (held.kind === "ec") checkPoint(wholeBits(bits), held.order);
  } else if (oid(kind) === "1.2.840.113549.1.1.1") {
    const [modulus, exponent] = parts(element(wholeBits(bits)), 2).map((one) => integer(one));
    if (modulus <= 0n || exponent <= 0n) malformed("an RSA key");
    [held.kind, held.bits] = ["rsa", modulus.toString(2).length];
  }
  return held;
}

function checkPoint(point, order) {
  const width = Math.ceil(order.toString(2).length / 8);
  const whole = point[0] === 4 && point.length === 1 + 2 * width, pressed = (point[0] === 2 || point[0] === 3) && point.length === 1 + width;
  if (!whole && !pressed) malformed("a point of another form");
}

/** Does the signature hold? A Fault only where it is not in strict DER, or where this browser cannot tell. */
export async function holds(key, hash, signature, message) {
  if (key.kind === "ec") {
    const fixed = fixedForm(signature, key.order);
    const known = await imported(key, { name: "ECDSA", namedCurve: key.curve });
    return known !== null && crypto.subtle.verify({ name: "ECDSA", hash }, known, fixed, message);
  }
  if (key.kind === "rsa") {
    const known = await imported(key, { name: "RSASSA-PKCS1-v1_5", hash });
    return known !== null && crypto.subtle.verify({ name: "RSASSA-PKCS1-v1_5" }, known, signature, message);
  }
  throw new NotChecked("attest.algorithm_unknown", { role: "further" });
}

async function imported(key, algorithm) {
  try {
    return await crypto.subtle.importKey("spki", key.spki, algorithm, false, ["verify"]);
  } catch (error) {
    if (error && error.name === "NotSupportedError") throw new NotChecked("page.unsupported", { what: algorithm.name });
    return null;
  }
}

/** ECDSA P-256 with SHA-256 in strict DER (E2). */
export async function verifyP256(key, signature, message) {
  if (key.curve !== "P-256") throw new Fault("attest.key_type", { wanted: "P-256" });
  if (!(await holds(key, "SHA-256", signature, message))) throw new Fault("attest.signature_wrong");
}

let works = null;

/** V6, V7: WebCrypto is there, says yes to a right signature and no to a wrong one (a fixed example of our own). */
export async function cryptoWorks(example) {
  if (works !== null) return works;
  works = false;
  try {
    const key = readKey(example.spki), message = utf8(example.message);
    works = (await holds(key, "SHA-256", example.signature, message)) && !(await holds(key, "SHA-256", example.signature, utf8("other")));
  } catch {
    works = false;
  }
  return works;
}

export const NO_CRYPTO = "page.no_crypto";
