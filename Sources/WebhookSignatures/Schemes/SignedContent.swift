/// Which bytes a scheme signs: the body with fixed text, the delivery id and the timestamp around it.
struct SignedContent: Sendable, Hashable {
    /// One piece before or after the body.
    enum Part: Sendable, Hashable {
        case literal(String)
        case id
        case timestamp
    }

    /// What stands in the body's place.
    enum Body: Sendable, Hashable {
        /// The body's bytes as received.
        case raw
        /// The values of a flat JSON object, joined.
        case joinedValues
    }

    /// The body alone.
    static let body = SignedContent()

    let before: [Part]
    let body: Body
    let after: [Part]

    init(before: [Part] = [], body: Body = .raw, after: [Part] = []) {
        self.before = before
        self.body = body
        self.after = after
    }

    /// Whether the delivery id is among the signed bytes.
    var coversID: Bool { before.contains(.id) || after.contains(.id) }

    /// Creates content from text with `{timestamp}` and `{body}`, each exactly once, such as `v0:{timestamp}:{body}`, and
    /// `{id}` at most once.
    ///
    /// The text between two of them must be there and hold no digit: without it, digits could be moved between time and
    /// body without changing the signed bytes. Beside an id it must hold a dot, which no signed id does.
    init(template: String) throws(SignatureError) {
        let pieces = Self.split(template)
        let places = pieces.indices.filter { Self.places.contains(pieces[$0]) }
        let names = places.map { pieces[$0] }
        guard Set(names).count == names.count, names.contains(Self.bodyPlace), names.contains(Self.timestampPlace),
            zip(places, places.dropFirst()).allSatisfy({ Self.areApart($0, $1, in: pieces) }),
            pieces.indices.allSatisfy({ places.contains($0) || !pieces[$0].contains { "{}".contains($0) } }),
            let bodyIndex = pieces.firstIndex(of: Self.bodyPlace)
        else {
            throw SignatureError(
                .invalidContentTemplate,
                "The template of the signed content must hold {timestamp} and {body} once each, and {id} at most once,"
                    + " with text without digits between them, a dot in it beside {id}, and no other braces, as in"
                    + " {timestamp}.{body}."
            )
        }
        let parts = pieces.map(Self.part)
        self.init(before: Array(parts[..<bodyIndex]), after: Array(parts[(bodyIndex + 1)...]))
    }

    /// Returns the bytes before and after the body.
    func surroundings(id: String?, timestamp: String?) -> (before: [UInt8], after: [UInt8]) {
        (Self.bytes(before, id: id, timestamp: timestamp), Self.bytes(after, id: id, timestamp: timestamp))
    }

    private static let bodyPlace = "{body}"
    private static let timestampPlace = "{timestamp}"
    private static let idPlace = "{id}"
    private static let places = [bodyPlace, timestampPlace, idPlace]

    private static func part(_ piece: String) -> Part {
        switch piece {
        case timestampPlace: .timestamp
        case idPlace: .id
        default: .literal(piece)
        }
    }

    /// Returns whether the text between two neighbouring places keeps them apart.
    private static func areApart(_ left: Int, _ right: Int, in pieces: [String]) -> Bool {
        guard right == left + 2 else { return false }
        let separator = pieces[left + 1].utf8
        let isBesideID = pieces[left] == idPlace || pieces[right] == idPlace
        return !separator.contains(where: ASCII.isDigit) && (!isBesideID || separator.contains(ASCII.dot))
    }

    /// Returns the literals and places of a template in order, without empty literals.
    private static func split(_ template: String) -> [String] {
        var pieces = [""]
        for character in template {
            if character == "{" || pieces[pieces.count - 1].hasSuffix("}") {
                pieces.append("")
            }
            pieces[pieces.count - 1].append(character)
        }
        return pieces.filter { !$0.isEmpty }
    }

    private static func bytes(_ parts: [Part], id: String?, timestamp: String?) -> [UInt8] {
        var bytes: [UInt8] = []
        for part in parts {
            switch part {
            case .literal(let text): bytes += text.utf8
            case .id: bytes += (id ?? "").utf8
            case .timestamp: bytes += (timestamp ?? "").utf8
            }
        }
        return bytes
    }
}
