// The parts of the page for a program without a page: tests, and whoever runs public vectors over it (docs/formats/page.md).
import { judge } from "./judge.mjs";
import { evaluate, isNumber, readTree, sumRows, textOf, undefinedAs } from "./formula.mjs";
import { ofDecimal, rational } from "./rational.mjs";
import { canonical, readCanonical } from "./json.mjs";
import { holds, readKey } from "./keys.mjs";
import { fixedForm, signatureIntegers } from "./der.mjs";
import { readEnvelope } from "./statement.mjs";
import { committed } from "./commitments.mjs";
import { decodePoint, encodePoint, weighted } from "./curve.mjs";
import { holdsEd25519 } from "./ed25519.mjs";
import { cosignedAt, readCheckpoint, readNote, readProof, readVkey, verifyNote, verifyProof } from "./note.mjs";
import { readPolicy } from "./logtrust.mjs";
import { leafHash, nodeHash, rootOf, verifyConsistency, verifyInclusion } from "./tree.mjs";
import { samePlace, sharesOf } from "./place.mjs";
import { readContainer } from "./zip.mjs";

globalThis.truezero = {
  judge, evaluate, isNumber, readTree, sumRows, textOf, undefinedAs, ofDecimal, rational, canonical, readCanonical, holds, readKey,
  fixedForm, signatureIntegers, readEnvelope, readContainer, committed, decodePoint, encodePoint, weighted,
  holdsEd25519, cosignedAt, readCheckpoint, readNote, readProof, readVkey, verifyNote, verifyProof,
  readPolicy, leafHash, nodeHash, rootOf, verifyConsistency, verifyInclusion, samePlace, sharesOf,
};
