//! The invented figures of departments, agencies, mass organisations and of the culture centre.

use chrono::{Days, NaiveDate};

use crate::{
    communes::{officials, set, utilities},
    profile::{Profile, Values, permille},
};

/// Returns every figure of a department in a month; month 0 is December 2023.
pub(crate) fn department(profile: &Profile, month: i64) -> Values {
    let mut values = Values::new();
    let flow = |code, usual| profile.flow(code, month, usual);
    let meetings = flow("A02", (1, 3));
    let posts = [flow("A07", (1, 5)), flow("A08", (2, 7)), flow("A09", (2, 8))];
    set(&mut values, "A01", flow("A01", (1, 3)));
    set(&mut values, "A02", meetings);
    set(&mut values, "A03", meetings * flow("A03", (22, 48)));
    set(&mut values, "A07", posts[0]);
    set(&mut values, "A08", posts[1]);
    set(&mut values, "A09", posts[2]);
    set(&mut values, "A10", posts.iter().sum::<i64>() * flow("A10", (45, 110)));
    set(&mut values, "A11", flow("A11", (0, 20)) * 10);
    set(&mut values, "A12", flow("A12", (0, 3)));
    set(&mut values, "A15", flow("A15", (12, 75)));
    let received = flow("C01", (18, 150));
    set(&mut values, "C01", received);
    set(&mut values, "C02", permille(received, profile.steady("C02", 600, 850)));
    officials(profile, month, staff(&profile.key), &mut values);
    utilities(profile, month, (2, 15), &mut values);
    values
}

/// Returns how many people work for a department: a range.
fn staff(key: &str) -> (i64, i64) {
    match key {
        "giao-duc-dao-tao" => (1620, 1680),
        "trung-tam-y-te" => (206, 224),
        "cong-an-huyen" => (118, 132),
        "gdnn-gdtx" | "quan-su-huyen" | "buu-dien" => (34, 48),
        _ => (7, 19),
    }
}

/// Where a broadcast or article of the culture centre appeared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Channel {
    /// The district's loudspeakers.
    Loudspeakers,
    /// The portal.
    Portal,
    /// Facebook.
    Facebook,
    /// Zalo.
    Zalo,
}

impl Channel {
    /// Returns the name as an office writes it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Loudspeakers => "Truyền thanh huyện",
            Self::Portal => "Cổng TTĐT huyện",
            Self::Facebook => "Facebook",
            Self::Zalo => "Zalo OA",
        }
    }
}

/// A broadcast or article.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// When.
    pub(crate) date: NaiveDate,
    /// "Hướng dẫn kích hoạt tài khoản định danh điện tử mức độ 2".
    pub(crate) title: &'static str,
    /// "Tin", "Bài", "Phóng sự", "Chuyên mục".
    pub(crate) form: &'static str,
    /// Where.
    pub(crate) channel: Channel,
    /// Times broadcast; 0 where nothing is broadcast.
    pub(crate) times: i64,
    /// Minutes of one broadcast.
    pub(crate) minutes: i64,
    /// Views; 0 for loudspeakers, which have no reach.
    pub(crate) views: i64,
}

const TITLES: [&str; 12] = [
    "Hướng dẫn kích hoạt tài khoản định danh điện tử mức độ 2",
    "Những tiện ích của ứng dụng VNeID đối với công dân",
    "Thông báo lưu trú qua ứng dụng VNeID",
    "Cảnh báo thủ đoạn giả danh cán bộ công an để lừa đảo cài đặt ứng dụng",
    "Tích hợp thẻ bảo hiểm y tế trên ứng dụng VNeID",
    "Dịch vụ công liên thông đăng ký khai sinh, thường trú, cấp thẻ BHYT",
    "Tổ công tác Đề án 06 cấp thôn đi từng ngõ, gõ từng nhà",
    "Nộp hồ sơ trực tuyến trên Cổng dịch vụ công quốc gia",
    "Sổ sức khỏe điện tử trên ứng dụng VNeID",
    "Gương người tốt, việc tốt trong triển khai Đề án 06 ở cơ sở",
    "Tích hợp giấy phép lái xe, đăng ký xe trên ứng dụng VNeID",
    "Phản ánh, kiến nghị về an ninh trật tự qua ứng dụng VNeID",
];

/// Returns the culture centre's list of a period that begins on a day.
pub(crate) fn items(profile: &Profile, month: i64, first_day: NaiveDate) -> Vec<Item> {
    let mut dice = profile.dice(&["items", &month.to_string()]);
    let channels = [(Channel::Loudspeakers, 10), (Channel::Portal, 5), (Channel::Facebook, 5)];
    let mut items = Vec::new();
    for (channel, usual) in channels.into_iter().chain([(Channel::Zalo, 3)]) {
        for _ in 0..usual + dice.between(0, 1) {
            let spoken = channel == Channel::Loudspeakers;
            let forms: &[&str] =
                if spoken { &["Tin", "Phóng sự", "Chuyên mục"] } else { &["Tin", "Bài"] };
            items.push(Item {
                date: first_day + Days::new(dice.between(0, 27).unsigned_abs()),
                title: dice.pick(&TITLES),
                form: dice.pick(forms),
                channel,
                times: if spoken { dice.between(2, 6) } else { 0 },
                minutes: if spoken { dice.between(4, 15) } else { 0 },
                views: if spoken { 0 } else { dice.between(180, 1450) },
            });
        }
    }
    items.sort_by_key(|item| (item.date, item.channel.name(), item.title));
    items
}

/// Returns every figure of the culture centre: its list gives A04 to A10.
pub(crate) fn culture_centre(profile: &Profile, month: i64, items: &[Item]) -> Values {
    let mut values = Values::new();
    let count = |channel| {
        let items = items.iter().filter(|item| item.channel == channel).count();
        i64::try_from(items).expect("lists are short")
    };
    let flow = |code, usual| profile.flow(code, month, usual);
    let meetings = flow("A02", (1, 2));
    set(&mut values, "A01", flow("A01", (1, 2)));
    set(&mut values, "A02", meetings);
    set(&mut values, "A03", meetings * flow("A03", (30, 60)));
    set(&mut values, "A04", items.iter().map(|item| item.times).sum());
    set(&mut values, "A05", items.iter().map(|item| item.times * item.minutes).sum());
    set(&mut values, "A06", count(Channel::Loudspeakers));
    set(&mut values, "A07", count(Channel::Portal));
    set(&mut values, "A08", count(Channel::Facebook));
    set(&mut values, "A09", count(Channel::Zalo));
    set(&mut values, "A10", items.iter().map(|item| item.views).sum());
    set(&mut values, "A11", flow("A11", (20, 40)) * 10);
    set(&mut values, "A12", flow("A12", (4, 10)));
    set(&mut values, "A13", flow("A13", (4, 9)));
    officials(profile, month, (16, 22), &mut values);
    values
}
