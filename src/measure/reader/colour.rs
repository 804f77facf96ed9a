//! Colours of ink: the device spaces and what is like them, as red, green and blue.

use hayro_syntax::{
    object::{Array, Dict, Name, Number, Object, Stream},
    page::Resources,
};

use super::super::page::Colour;

/// A colour space as far as black can be told from other colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    Gray,
    Rgb,
    Cmyk,
    /// One ink: 1 is full ink.
    Ink,
    /// Black cannot be told: patterns, palettes.
    Other,
}

impl Space {
    /// Returns the space that a page's resources give a name.
    pub(super) fn named(name: &Name<'_>, resources: &Resources<'_>) -> Self {
        match Self::device(name.as_ref()) {
            Some(space) => space,
            None => resources.get_color_space(name).map_or(Self::Other, |object| Self::of(&object)),
        }
    }

    fn device(name: &[u8]) -> Option<Self> {
        match name {
            b"DeviceGray" | b"G" | b"CalGray" => Some(Self::Gray),
            b"DeviceRGB" | b"RGB" | b"CalRGB" => Some(Self::Rgb),
            b"DeviceCMYK" | b"CMYK" => Some(Self::Cmyk),
            _ => None,
        }
    }

    fn of(object: &Object<'_>) -> Self {
        match object {
            Object::Name(name) => Self::device(name.as_ref()).unwrap_or(Self::Other),
            Object::Array(array) => Self::of_array(array),
            _ => Self::Other,
        }
    }

    fn of_array(array: &Array<'_>) -> Self {
        let mut parts = array.iter::<Object<'_>>();
        let Some(Object::Name(kind)) = parts.next() else { return Self::Other };
        match (kind.as_ref(), parts.next()) {
            (b"ICCBased", Some(Object::Stream(profile))) => Self::of_profile(&profile),
            (b"Separation", Some(Object::Name(ink)))
                if [&b"Black"[..], b"All"].contains(&ink.as_ref()) =>
            {
                Self::Ink
            }
            (kind, _) => Self::device(kind).unwrap_or(Self::Other),
        }
    }

    fn of_profile(profile: &Stream<'_>) -> Self {
        let dict: &Dict<'_> = profile.dict();
        match dict.get::<i32>("N") {
            Some(1) => Self::Gray,
            Some(3) => Self::Rgb,
            Some(4) => Self::Cmyk,
            _ => Self::Other,
        }
    }

    /// Returns the colour that these components make; a grey when black cannot be told.
    pub(super) fn colour(self, parts: &[Number]) -> Colour {
        let parts: Vec<f64> = parts.iter().map(Number::as_f64).collect();
        match (self, parts.as_slice()) {
            (Self::Gray, [gray]) => grey(*gray),
            (Self::Ink, [tint]) => grey(1.0 - tint),
            (Self::Rgb, [red, green, blue]) => Colour { red: *red, green: *green, blue: *blue },
            (Self::Cmyk, [cyan, magenta, yellow, black]) => {
                let share = |ink: f64| (1.0 - ink.clamp(0.0, 1.0)) * (1.0 - black.clamp(0.0, 1.0));
                Colour { red: share(*cyan), green: share(*magenta), blue: share(*yellow) }
            }
            _ => grey(0.5),
        }
    }
}

/// Returns a shade between black (0) and white (1).
pub(super) fn grey(light: f64) -> Colour {
    Colour { red: light, green: light, blue: light }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_is_told_in_every_space() {
        let n = Number::from_f32;
        let cases = [
            (Space::Gray, vec![n(0.0)], true),
            (Space::Gray, vec![n(0.5)], false),
            (Space::Rgb, vec![n(0.0), n(0.0), n(0.0)], true),
            (Space::Rgb, vec![n(0.0), n(0.0), n(1.0)], false),
            (Space::Cmyk, vec![n(0.0), n(0.0), n(0.0), n(1.0)], true),
            (Space::Cmyk, vec![n(0.0), n(1.0), n(1.0), n(0.0)], false),
            (Space::Ink, vec![n(1.0)], true),
            (Space::Other, vec![], false),
        ];
        for (space, parts, black) in cases {
            assert_eq!(space.colour(&parts).is_black(), black, "{space:?}");
        }
    }
}
