// Checks PDF files against PDF/A-2a and PDF/UA-1 with veraPDF, all in one Java machine. It prints
// one line a file and profile ("FILE<tab>PROFILE<tab>pass"), and one for each rule that is broken
// ("FILE<tab>PROFILE<tab>fail<tab>CLAUSE-TEST<tab>MESSAGE<tab>PLACE"). It judges nothing itself.
import java.io.File;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

public final class VeraPdf {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        Map<String, ValidationProfile> profiles = new LinkedHashMap<>();
        for (String name : List.of("PDFA-2A", "PDFUA-1")) {
            String path = "/org/verapdf/pdfa/validation/" + name + ".xml";
            try (InputStream profile = Profiles.class.getResourceAsStream(path)) {
                profiles.put(name, Profiles.profileFromXml(profile));
            }
        }
        for (String file : files) {
            for (Map.Entry<String, ValidationProfile> profile : profiles.entrySet()) {
                check(file, profile.getKey(), profile.getValue());
            }
        }
    }

    private static void check(String file, String name, ValidationProfile profile) {
        Map<String, String> broken = new LinkedHashMap<>();
        boolean complies = false;
        try (PDFAParser parser = Foundries.defaultInstance()
                .createParser(new File(file), profile.getPDFAFlavour())) {
            ValidationResult result =
                Foundries.defaultInstance().createValidator(profile, false).validate(parser);
            complies = result.isCompliant();
            for (TestAssertion one : result.getTestAssertions()) {
                if (one.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber();
                    String place = one.getLocation() == null ? "" : one.getLocation().getContext();
                    broken.putIfAbsent(rule, clean(one.getMessage()) + "\t" + clean(place));
                }
            }
        } catch (Exception error) {
            broken.put("unreadable", clean(error.toString()) + "\t");
        }
        if (complies && broken.isEmpty()) {
            System.out.println(file + "\t" + name + "\tpass");
        }
        if (!complies && broken.isEmpty()) {
            broken.put("unknown", "veraPDF names no rule\t");
        }
        broken.forEach((rule, what) ->
            System.out.println(file + "\t" + name + "\tfail\t" + rule + "\t" + what));
    }

    private static String clean(String text) {
        return text == null ? "" : text.replaceAll("\\s+", " ").trim();
    }
}
