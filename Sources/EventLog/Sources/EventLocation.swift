/// A place in a delivery where something stands: `header:X-Acme-Event`, or `body:/event/type` with a JSON pointer.
package enum EventLocation: Sendable, Hashable {
    /// The value of a header, whose name is in lower case.
    case header(String)
    /// The value that a JSON pointer (RFC 6901) finds in the body.
    case body(pointer: String)

    /// What the name of a header is of, in lower case.
    private static let headerNameBytes = "abcdefghijklmnopqrstuvwxyz0123456789-".utf8
    /// The greatest size of a location in bytes.
    private static let sizeLimit = 200
    /// Headers that are never kept.
    private static let secretNames = ["authorization", "proxy-authorization", "cookie", "set-cookie"]

    /// Reads a location; nil for anything else, for a header with credentials and for one of Hooklog's own.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.sizeLimit, let colon = text.firstIndex(of: ":") else { return nil }
        let value = String(text[text.index(after: colon)...])
        switch text[..<colon] {
        case "header":
            let name = value.lowercased()
            guard !name.isEmpty, name.utf8.allSatisfy(Self.headerNameBytes.contains),
                !Self.secretNames.contains(name), !name.hasPrefix("hooklog-")
            else { return nil }
            self = .header(name)
        case "body":
            guard Self.isPointer(value) else { return nil }
            self = .body(pointer: value)
        default:
            return nil
        }
    }

    /// A tilde is followed by 0 or 1; what stands between slashes may be anything but a control character, or a number that
    /// is no place in an array (RFC 6901, section 4) and would still be read as one.
    private static func isPointer(_ text: String) -> Bool {
        guard text.first == "/", text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            return false
        }
        guard text.split(separator: "/").allSatisfy({ !Self.isOddNumber($0) }) else { return false }
        return text.split(separator: "~", omittingEmptySubsequences: false).dropFirst().allSatisfy {
            $0.first == "0" || $0.first == "1"
        }
    }

    /// Whether a step would be read as a number but is not written as a place in an array is.
    private static func isOddNumber(_ step: Substring) -> Bool {
        var digits = step.drop { $0 == " " }
        if digits.first == "-" || digits.first == "+" { digits = digits.dropFirst() }
        guard !digits.isEmpty, digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
            return false
        }
        return digits.utf8.count != step.utf8.count || (digits.first == "0" && digits.utf8.count > 1)
    }
}

extension EventLocation: KeptAsText {
    /// The location as it is written.
    package var description: String {
        switch self {
        case .header(let name): "header:\(name)"
        case .body(let pointer): "body:\(pointer)"
        }
    }
}
