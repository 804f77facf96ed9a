//! Reads `co-quan.toml`.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use serde::Deserialize;
use toml::Spanned;

use super::{Source, Word, first_repeated, is_key, messages::RawMessages, plain, unknown};
use crate::{
    period::Period,
    template::{
        Body, Calendar, Deadlines, Forms, Group, Indicators, LegalBasis, MissingStock,
        NationalFigure, PeriodConvention, Roster, SignatureBlock, TemplateError,
    },
};

/// The file as written; the names of the other files that it refers to are checked at the end, by
/// [`RawBody::check_references`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::template) struct RawBody {
    ten: String,
    cap_tren: String,
    co_quan: String,
    dia_ban: String,
    toan_bo: String,
    dia_danh: String,
    ky_hieu: String,
    trich_yeu: Vec<Word>,
    kinh_gui: Vec<String>,
    mo_dau: String,
    noi_nhan: Vec<String>,
    #[serde(default)]
    ten_co_chu_so: Vec<String>,
    ky_ten: RawSignature,
    ky_bao_cao: RawConvention,
    thoi_han: RawDeadlines,
    #[serde(default)]
    lich: RawCalendar,
    nhom: Vec<RawGroup>,
    #[serde(default)]
    khoi: Vec<RawBlock>,
    #[serde(default)]
    can_cu: Vec<RawBasis>,
    #[serde(default)]
    so_lieu_toan_quoc: Vec<RawNational>,
    chinh_sach: RawPolicies,
    #[serde(default)]
    tin_nhan: RawMessages,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSignature {
    quyen_han: Vec<String>,
    chuc_vu: Vec<String>,
    ho_ten: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConvention {
    ngay_dau: Spanned<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDeadlines {
    don_vi_ngay: Spanned<u32>,
    don_vi_gio: Word,
    doi_sang_ngay_lam_viec: bool,
    co_quan_ngay_lam_viec: u32,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCalendar {
    #[serde(default)]
    ngay_nghi: Vec<Word>,
    #[serde(default)]
    lam_bu: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    khoa: Word,
    ten: String,
    danh_tu: String,
    bieu: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBlock {
    khoa: Word,
    ten: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBasis {
    loai: String,
    so: String,
    ngay: Word,
    noi_dung: String,
    het_hieu_luc: Option<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNational {
    khoa: Word,
    #[serde(rename = "in")]
    shown: String,
    ky: Word,
    den_ky: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPolicies {
    thieu_so_luy_ke: RawMissingStock,
    don_vi_soan_thao: Option<Word>,
    xep_thu_theo: Option<Word>,
    neu_ten_don_vi_thap: bool,
    so_sanh_toan_quoc: bool,
    so_ten_trong_cau: usize,
    mau_so_nho: i64,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RawMissingStock {
    LoaiTru,
    TamTinh,
}

impl RawBody {
    /// Returns the body.
    pub(in crate::template) fn body(&self, source: &Source) -> Result<Body, TemplateError> {
        let policies = &self.chinh_sach;
        self.check_keys(source)?;
        for line in &self.trich_yeu {
            source.check_places(line, &["ky"], "khóa `trich_yeu`")?;
        }
        Ok(Body {
            name: self.ten.clone(),
            superior: self.cap_tren.clone(),
            issuer: self.co_quan.clone(),
            area: self.dia_ban.clone(),
            whole: self.toan_bo.clone(),
            place: self.dia_danh.clone(),
            sign: self.ky_hieu.clone(),
            subject: plain(&self.trich_yeu),
            addressees: self.kinh_gui.clone(),
            opening: self.mo_dau.clone(),
            signature: SignatureBlock {
                authority: self.ky_ten.quyen_han.clone(),
                office: self.ky_ten.chuc_vu.clone(),
                name: self.ky_ten.ho_ten.clone(),
            },
            recipients: self.noi_nhan.clone(),
            legal_bases: self
                .can_cu
                .iter()
                .map(|basis| basis.legal_basis(source))
                .collect::<Result<_, _>>()?,
            national_figures: self
                .so_lieu_toan_quoc
                .iter()
                .map(|figure| figure.national_figure(source))
                .collect::<Result<_, _>>()?,
            convention: PeriodConvention {
                first_day: day_of_month(source, &self.ky_bao_cao.ngay_dau, "ngay_dau")?,
            },
            deadlines: self.thoi_han.deadlines(source)?,
            calendar: self.lich.calendar(source)?,
            groups: self.nhom.iter().map(RawGroup::group).collect(),
            blocks: self
                .khoi
                .iter()
                .map(|block| (block.khoa.get_ref().clone(), block.ten.clone()))
                .collect(),
            names_with_digits: self.ten_co_chu_so.clone(),
            missing_stock: match policies.thieu_so_luy_ke {
                RawMissingStock::LoaiTru => MissingStock::Excluded,
                RawMissingStock::TamTinh => MissingStock::CarriedForward,
            },
            drafting_unit: policies.don_vi_soan_thao.as_ref().map(|key| key.get_ref().clone()),
            rank_by: policies.xep_thu_theo.as_ref().map(|code| code.get_ref().clone()),
            name_low_units: policies.neu_ten_don_vi_thap,
            compare_national: policies.so_sanh_toan_quoc,
            names_in_sentence: policies.so_ten_trong_cau,
            small_base: policies.mau_so_nho,
            messages: self.tin_nhan.words(source, &self.ten)?,
        })
    }

    /// Checks what the body says about units, ratios and forms.
    pub(in crate::template) fn check_references(
        &self,
        source: &Source,
        roster: &Roster,
        indicators: &Indicators,
        forms: &Forms,
    ) -> Result<(), TemplateError> {
        for group in &self.nhom {
            let form = group.bieu.get_ref();
            if forms.list.iter().all(|known| known.code != *form) {
                let codes = forms.list.iter().map(|form| form.code.as_str());
                let subject = format!("nhóm `{}`, khóa `bieu`", group.khoa.get_ref());
                let message = unknown("biểu", form, codes);
                return Err(source.mistake(&group.bieu.span(), &subject, message));
            }
        }
        if let Some(key) = &self.chinh_sach.don_vi_soan_thao
            && roster.find(key.get_ref()).is_none()
        {
            let keys = roster.units.iter().map(|unit| unit.key.as_str());
            let message = unknown("đơn vị", key.get_ref(), keys);
            return Err(source.mistake(&key.span(), "khóa `don_vi_soan_thao`", message));
        }
        if let Some(code) = &self.chinh_sach.xep_thu_theo
            && indicators.ratios.iter().all(|ratio| ratio.code != *code.get_ref())
        {
            let codes = indicators.ratios.iter().map(|ratio| ratio.code.as_str());
            let message = unknown("tỷ lệ", code.get_ref(), codes);
            return Err(source.mistake(&code.span(), "khóa `xep_thu_theo`", message));
        }
        Ok(())
    }

    fn check_keys(&self, source: &Source) -> Result<(), TemplateError> {
        let groups: Vec<&Word> = self.nhom.iter().map(|group| &group.khoa).collect();
        let blocks: Vec<&Word> = self.khoi.iter().map(|block| &block.khoa).collect();
        let figures: Vec<&Word> =
            self.so_lieu_toan_quoc.iter().map(|figure| &figure.khoa).collect();
        for (subject, keys) in [("nhóm", groups), ("khối", blocks), ("số liệu toàn quốc", figures)]
        {
            if let Some(key) = keys.iter().find(|key| !is_key(key.get_ref())) {
                let message = format!(
                    "khóa `{}` chỉ được gồm chữ thường không dấu, chữ số, dấu - và _",
                    key.get_ref()
                );
                return Err(source.mistake(&key.span(), subject, message));
            }
            if let Some(key) = first_repeated(keys) {
                let message = format!("khóa `{}` viết hai lần", key.get_ref());
                return Err(source.mistake(&key.span(), subject, message));
            }
        }
        Ok(())
    }
}

impl RawGroup {
    fn group(&self) -> Group {
        Group {
            key: self.khoa.get_ref().clone(),
            name: self.ten.clone(),
            noun: self.danh_tu.clone(),
            form: self.bieu.get_ref().clone(),
        }
    }
}

impl RawBasis {
    fn legal_basis(&self, source: &Source) -> Result<LegalBasis, TemplateError> {
        let subject = format!("căn cứ {} {}", self.loai, self.so);
        let until = self.het_hieu_luc.as_ref().map(|day| source.date(day, &subject)).transpose()?;
        Ok(LegalBasis {
            kind: self.loai.clone(),
            number: self.so.clone(),
            date: source.date(&self.ngay, &subject)?,
            about: self.noi_dung.clone(),
            until,
        })
    }
}

impl RawNational {
    fn national_figure(&self, source: &Source) -> Result<NationalFigure, TemplateError> {
        let subject = format!("số liệu toàn quốc `{}`", self.khoa.get_ref());
        let period = |word: &Word| {
            word.get_ref()
                .parse::<Period>()
                .map_err(|error| source.mistake(&word.span(), &subject, error.to_string()))
        };
        Ok(NationalFigure {
            key: self.khoa.get_ref().clone(),
            shown: self.shown.clone(),
            period: period(&self.ky)?,
            until: period(&self.den_ky)?,
        })
    }
}

impl RawDeadlines {
    fn deadlines(&self, source: &Source) -> Result<Deadlines, TemplateError> {
        let time = self.don_vi_gio.get_ref();
        let unit_time = NaiveTime::parse_from_str(time, "%H:%M").map_err(|error| {
            let message = format!("`{time}` không phải là giờ; giờ viết theo mẫu 16:00");
            let span = self.don_vi_gio.span();
            source.mistake_because(&span, "khóa `don_vi_gio`", message, Some(Box::new(error)))
        })?;
        Ok(Deadlines {
            unit_day: day_of_month(source, &self.don_vi_ngay, "don_vi_ngay")?,
            unit_time,
            roll: self.doi_sang_ngay_lam_viec,
            body_working_days: self.co_quan_ngay_lam_viec,
        })
    }
}

impl RawCalendar {
    fn calendar(&self, source: &Source) -> Result<Calendar, TemplateError> {
        let dates = |words: &[Word], key: &str| {
            words.iter().map(|word| source.date(word, key)).collect::<Result<_, _>>()
        };
        for word in &self.lam_bu {
            let day = source.date(word, "khóa `lam_bu`")?;
            if !is_weekend(day) {
                let message =
                    format!("ngày làm bù `{}` không phải là thứ Bảy hoặc Chủ nhật", word.get_ref());
                return Err(source.mistake(&word.span(), "khóa `lam_bu`", message));
            }
        }
        Ok(Calendar {
            holidays: dates(&self.ngay_nghi, "khóa `ngay_nghi`")?,
            make_up_days: dates(&self.lam_bu, "khóa `lam_bu`")?,
        })
    }
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Returns a day that every month has.
fn day_of_month(source: &Source, day: &Spanned<u32>, key: &str) -> Result<u32, TemplateError> {
    if (1..=28).contains(day.get_ref()) {
        return Ok(*day.get_ref());
    }
    let message = format!("ngày {} không dùng được; chỉ dùng ngày 1 đến ngày 28", day.get_ref());
    Err(source.mistake(&day.span(), &format!("khóa `{key}`"), message))
}
