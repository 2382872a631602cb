// A judge that is not ours: the JDK's own ECDSA and PKIX, run from its source. Arguments: signature KEY SIGNATURE MESSAGE, or
// path SECONDS CERTIFICATE... ANCHOR [lists PEM]: with revocation lists every certificate below the anchor must be known not to be revoked.
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

public class Judge {
    public static void main(String[] words) throws Exception {
        boolean good = words[0].equals("signature") ? signature(words) : path(words);
        System.out.println(good ? "good" : "bad");
    }

    static boolean signature(String[] words) throws Exception {
        try {
            var key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(read(words[1])));
            var judge = Signature.getInstance("SHA256withECDSA");
            judge.initVerify(key);
            judge.update(read(words[3]));
            return judge.verify(read(words[2]));
        } catch (java.security.SignatureException wrong) {
            return false;
        }
    }

    static boolean path(String[] words) throws Exception {
        var factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> chain = new ArrayList<>();
        boolean listed = words[words.length - 2].equals("lists");
        for (int i = 2; i < (listed ? words.length - 2 : words.length); i++) {
            chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(read(words[i]))));
        }
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(chain.remove(chain.size() - 1), null)));
        parameters.setRevocationEnabled(listed);
        parameters.setDate(new Date(Long.parseLong(words[1]) * 1000));
        var judge = CertPathValidator.getInstance("PKIX");
        if (listed) {
            var lists = factory.generateCRLs(new ByteArrayInputStream(read(words[words.length - 1])));
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
            var checker = (PKIXRevocationChecker) judge.getRevocationChecker();
            checker.setOptions(EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
            parameters.addCertPathChecker(checker);
        }
        try {
            judge.validate(factory.generateCertPath(chain), parameters);
            return true;
        } catch (java.security.cert.CertPathValidatorException refused) {
            System.err.println(refused.getReason());
            return false;
        }
    }

    static byte[] read(String name) throws Exception {
        return Files.readAllBytes(Path.of(name));
    }
}
