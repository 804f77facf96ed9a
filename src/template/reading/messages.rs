//! Reads `[tin_nhan]` of `co-quan.toml`: what an office says around the messages to its units.

use serde::Deserialize;
use toml::Spanned;

use super::{Source, Word};
use crate::template::{MessageWords, TemplateError};

/// Longest words around a message, in characters: a message is read on a telephone.
const LONGEST: usize = 100;

/// Most days before the deadline on which a unit is reminded.
const MOST_DAYS: u32 = 15;

/// Fewest and most digits of a telephone number.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=12;

/// The section as written; every key may be left out.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::template) struct RawMessages {
    bao_cao: Option<Word>,
    loi_chao: Option<Word>,
    loi_ket: Option<Word>,
    nguoi_gui: Option<Word>,
    dien_thoai: Option<Word>,
    nhac_truoc_ngay: Option<Spanned<u32>>,
    #[serde(default)]
    cam_on: bool,
}

impl RawMessages {
    /// Returns the words; `sender` is the name of the body, which signs when nobody else does.
    pub(in crate::template) fn words(
        &self,
        source: &Source,
        sender: &str,
    ) -> Result<MessageWords, TemplateError> {
        let unit: &[&str] = &["don_vi"];
        let words = |word: &Option<Word>, key: &str, places: &[&str], otherwise: &str| {
            let Some(word) = word else { return Ok(otherwise.to_owned()) };
            check_words(source, word, (key, places))?;
            Ok(word.get_ref().trim().to_owned())
        };
        let greeting = words(&self.loi_chao, "loi_chao", unit, "Kính gửi {don_vi}!")?;
        if let Some(word) = &self.loi_chao
            && !greeting.contains("{don_vi}")
        {
            let message = "lời chào phải có chỗ điền {don_vi}, tên đơn vị nhận tin".to_owned();
            return Err(source.mistake(&word.span(), "khóa `loi_chao`", message));
        }
        Ok(MessageWords {
            report: words(&self.bao_cao, "bao_cao", &[], "báo cáo Đề án 06")?,
            greeting,
            closing: words(&self.loi_ket, "loi_ket", &[], "Trân trọng cảm ơn!")?,
            sender: words(&self.nguoi_gui, "nguoi_gui", &[], sender)?,
            phone: self.phone(source)?,
            remind_days: self.remind_days(source)?,
            thanks: self.cam_on,
        })
    }

    fn phone(&self, source: &Source) -> Result<String, TemplateError> {
        let Some(word) = &self.dien_thoai else { return Ok(String::new()) };
        let phone = word.get_ref().trim();
        let digits = phone.chars().filter(char::is_ascii_digit).count();
        let is_number = |one: char| one.is_ascii_digit() || " .+-()".contains(one);
        if phone.is_empty() || (phone.chars().all(is_number) && DIGITS.contains(&digits)) {
            return Ok(phone.to_owned());
        }
        let message =
            format!("`{phone}` không phải là số điện thoại; viết như 0225 3883 123, hoặc để trống");
        Err(source.mistake(&word.span(), "khóa `dien_thoai`", message))
    }

    fn remind_days(&self, source: &Source) -> Result<u32, TemplateError> {
        let Some(days) = &self.nhac_truoc_ngay else { return Ok(3) };
        if *days.get_ref() <= MOST_DAYS {
            return Ok(*days.get_ref());
        }
        let message = format!(
            "nhắc trước {} ngày là quá sớm; chỉ dùng từ 0 đến {MOST_DAYS} ngày",
            days.get_ref()
        );
        Err(source.mistake(&days.span(), "khóa `nhac_truoc_ngay`", message))
    }
}

/// Checks that words are one short line with no other places than allowed.
fn check_words(
    source: &Source,
    word: &Word,
    (key, places): (&str, &[&str]),
) -> Result<(), TemplateError> {
    let subject = format!("khóa `{key}`");
    source.check_places(word, places, &subject)?;
    let text = word.get_ref();
    let length = text.chars().count();
    let fault = if text.contains(['\n', '\r']) {
        "phải viết trên một dòng".to_owned()
    } else if length > LONGEST {
        format!("dài {length} ký tự; tin nhắn cần ngắn, tối đa {LONGEST} ký tự")
    } else {
        return Ok(());
    };
    Err(source.mistake(&word.span(), &subject, fault))
}
