//! What the file says about itself: information, XMP with the marks of PDF/A-2a and PDF/UA-1, and
//! the sRGB output intent.

use lopdf::{Document, Object, ObjectId, Stream, dictionary};

use crate::compose::document::Meta;

use super::PdfError;
use super::laid::Laid;
use super::structure::{LANGUAGE, text_string};

/// The program, as the file names it.
const CREATOR: &str = "da06";
/// The sRGB profile (CC0, see `assets/README.md`).
const SRGB: &[u8] = include_bytes!("../../../assets/colour/sRGB-v2-magic.icc");

/// PDF/A wants the schema of PDF/UA described wherever it is used.
const UA_SCHEMA: &str = concat!(
    r#"<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">"#,
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>",
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>",
    r#"<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">"#,
    "<pdfaProperty:name>part</pdfaProperty:name>",
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>",
    "<pdfaProperty:category>internal</pdfaProperty:category>",
    "<pdfaProperty:description>PDF/UA part</pdfaProperty:description>",
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>",
);
const NAMESPACES: &str = concat!(
    r#"xmlns:dc="http://purl.org/dc/elements/1.1/" "#,
    r#"xmlns:xmp="http://ns.adobe.com/xap/1.0/" "#,
    r#"xmlns:pdf="http://ns.adobe.com/pdf/1.3/" "#,
    r#"xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" "#,
    r#"xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" "#,
    r#"xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" "#,
    r#"xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" "#,
    r#"xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#""#,
);

/// The objects that the catalogue points to.
pub(super) struct Entries {
    /// The XMP stream.
    pub(super) xmp: ObjectId,
    /// The output intent.
    pub(super) output_intent: ObjectId,
}

/// Adds metadata and output intent, and replaces the information that printpdf wrote.
pub(super) fn add(document: &mut Document, laid: &Laid) -> Result<Entries, PdfError> {
    let meta = &laid.meta;
    let info =
        document.trailer.get(b"Info").and_then(Object::as_reference).map_err(PdfError::Objects)?;
    let date = Object::string_literal(format!("D:{}000000Z", meta.date.format("%Y%m%d")));
    document.set_object(
        info,
        dictionary! {
            "Title" => text_string(&meta.title),
            "Author" => text_string(&meta.author),
            "Subject" => text_string(&meta.subject),
            "Creator" => Object::string_literal(CREATOR),
            "Producer" => Object::string_literal(CREATOR),
            "CreationDate" => date.clone(),
            "ModDate" => date,
        },
    );
    let kind = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let xmp = Stream::new(kind, xmp(meta).into_bytes()).with_compression(false);
    let xmp = document.add_object(xmp);
    let profile = document.add_object(Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec()));
    let output_intent = document.add_object(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    });
    Ok(Entries { xmp, output_intent })
}

fn xmp(meta: &Meta) -> String {
    let [title, author, subject] =
        [&meta.title, &meta.author, &meta.subject].map(|text| escaped(text));
    let date = meta.date.format("%Y-%m-%dT00:00:00Z");
    let language =
        |text: &str| format!(r#"<rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt>"#);
    let properties = [
        ("dc:format", "application/pdf".to_owned()),
        ("dc:title", language(&title)),
        ("dc:creator", format!("<rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq>")),
        ("dc:description", language(&subject)),
        ("dc:language", format!("<rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag>")),
        ("xmp:CreatorTool", CREATOR.to_owned()),
        ("xmp:CreateDate", date.to_string()),
        ("xmp:ModifyDate", date.to_string()),
        ("pdf:Producer", CREATOR.to_owned()),
        ("pdfaid:part", "2".to_owned()),
        ("pdfaid:conformance", "A".to_owned()),
        ("pdfuaid:part", "1".to_owned()),
    ];
    let properties = properties.map(|(name, value)| format!("<{name}>{value}</{name}>\n")).concat();
    format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" {NAMESPACES}>\n{properties}{UA_SCHEMA}\n\
         </rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_the_file_and_escapes_its_words() {
        let meta = Meta {
            title: "Báo cáo <A & B>".to_owned(),
            author: "Tổ công tác".to_owned(),
            subject: "Đề án".to_owned(),
            date: chrono::NaiveDate::from_ymd_opt(2024, 3, 14).unwrap(),
        };
        let xmp = xmp(&meta);
        assert!(xmp.contains("Báo cáo &lt;A &amp; B&gt;"));
        assert!(xmp.contains("<pdfaid:conformance>A</pdfaid:conformance>"));
        assert!(xmp.contains("<xmp:CreateDate>2024-03-14T00:00:00Z</xmp:CreateDate>"));
    }
}
