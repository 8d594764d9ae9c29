import Foundation

/// Makes a customer's slug of its name.
enum Slug {
    private static let longest = 100

    /// The letters and digits of a name, without accents, in lower case, joined by hyphens; nil when it has none.
    static func derive(from name: String) -> String? {
        var slug = ""
        for scalar in name.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9": slug.unicodeScalars.append(scalar)
            case "'", "\u{2019}": continue
            case _ where scalar.properties.generalCategory == .nonspacingMark: continue
            default: if !slug.isEmpty, slug.last != "-" { slug += "-" }
            }
        }
        let words = slug.prefix(longest).split(separator: "-")
        return words.isEmpty ? nil : words.joined(separator: "-")
    }
}
