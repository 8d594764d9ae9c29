import EventLog
import HTTPTypes
import WebhookSignatures

/// Chooses which of a delivery's headers are kept with its event, and writes them as JSON.
///
/// Kept are the headers of the signature scheme, content type, user agent, and what the vendor adds about the delivery;
/// never credentials or cookies; and where the source says that its events' fields stand, under reserved names. At most 1 KiB of a value and 4 KiB in all are kept.
struct KeptHeaders: Sendable {
    static let maximumValueByteCount = 1024
    static let maximumByteCount = 4096

    private let vendorNames: Set<String>
    private let schemeNames: [String]
    private let locations: EventLocations

    init(sender: Sender, scheme: SignatureScheme, locations: EventLocations = EventLocations()) {
        vendorNames = sender.keptHeaders.union(locations.headerNames)
        schemeNames = scheme.headerNames
        self.locations = locations
    }

    init(_ source: ReceivingSource) {
        self.init(sender: source.sender, scheme: source.verifier.scheme, locations: source.locations)
    }

    /// Returns the text of a JSON object with names in lower case; a repeated header has its values between commas.
    func json(_ fields: HTTPFields) -> String {
        var kept: [(name: String, value: String)] = locations.members
        for field in fields where isKept(field.name.canonicalName) {
            if let index = kept.firstIndex(where: { $0.name == field.name.canonicalName }) {
                kept[index].value += ", " + field.value
            } else {
                kept.append((field.name.canonicalName, field.value))
            }
        }
        return Self.json(kept)
    }

    private func isKept(_ name: String) -> Bool {
        guard !Self.credentialNames.contains(name), !name.hasPrefix(Self.reservedPrefix) else { return false }
        return Self.commonNames.contains(name) || vendorNames.contains(name) || schemeNames.contains(name)
    }

    private static func json(_ headers: [(name: String, value: String)]) -> String {
        var json = JSONText(.dropped, capacity: 512)
        json.append("{")
        for (name, value) in headers {
            let value = truncated(value)
            // Each byte takes two at most, then there are four quotation marks, a colon and a comma or brace.
            guard json.bytes.count + name.utf8.count + 2 * value.utf8.count + 7 <= maximumByteCount else { continue }
            json.append(member: name)
            json.append(string: value)
        }
        json.append("}")
        return json.text
    }

    private static func truncated(_ value: String) -> String {
        guard value.utf8.count > maximumValueByteCount else { return value }
        var count = 0
        let scalars = value.unicodeScalars.prefix {
            count += $0.utf8.count
            return count <= maximumValueByteCount
        }
        return String(scalars)
    }

    private static let commonNames = ["content-type", "user-agent"]
    private static let reservedPrefix = "hooklog-"
    private static let credentialNames = ["authorization", "proxy-authorization", "cookie", "set-cookie"]
}
