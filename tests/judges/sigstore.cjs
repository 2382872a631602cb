// Run by Node.js: @sigstore/verify on one re-wrapped signature. Arguments: TRUSTED_ROOT BUNDLE ADDRESS. Prints good, or bad and why.
const { readFileSync } = require('fs');
const { bundleFromJSON } = require('@sigstore/bundle');
const { TrustedRoot } = require('@sigstore/protobuf-specs');
const { Verifier, toSignedEntity, toTrustMaterial } = require('@sigstore/verify');

const [root, bundle, address] = process.argv.slice(2);
const held = (name) => JSON.parse(readFileSync(name, 'utf8'));
// No public log has our entries and no certificate log our certificates; the time stamp is required.
const options = { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 1 };
try {
  const judge = new Verifier(toTrustMaterial(TrustedRoot.fromJSON(held(root))), options);
  judge.verify(toSignedEntity(bundleFromJSON(held(bundle))), { subjectAlternativeName: address });
  console.log('good');
} catch (refused) {
  console.log(`bad ${refused.code ?? refused.name}`);
}
