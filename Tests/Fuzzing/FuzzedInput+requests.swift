import Connectors
import EventLog
import Foundation
import Glibc
import HTTPServer
import WebhookSignatures

extension FuzzedInput {
    /// A cursor, which is a time: written by Foundation as what was read, it is read as that again.
    static let times = FuzzedInput(
        "times",
        seeds: [
            "2026-01-01T00:00:00.123456Z", "2026-02-28t23:59:59.9999990000000000000000042+05:30",
            "1600-03-01T00:00:00-23:59",
        ]
    ) { text in
        guard let cursor = PageCursor(text) else { return nil }
        guard cursor.firstPosition.rawValue >= 0 else { return "a cursor with a negative position was read" }
        let (second, fraction) = cursor.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        let whole = fraction < 0 ? second - 1 : second
        let digits = String(1_000_000 + cursor.microseconds - whole * 1_000_000).dropFirst()
        // Foundation's calendar is another one before 1582, and a year has four digits.
        guard -12_000_000_000...253_402_300_799 ~= whole else { return nil }
        let date = Date(timeIntervalSince1970: TimeInterval(whole)).formatted(.iso8601).dropLast()
        let again = PageCursor("\(date).\(digits)Z")
        return again?.microseconds == cursor.microseconds ? nil : "\(date).\(digits)Z is another time"
    }

    /// A query: what is sent encoded arrives, and numbers and texts keep within their bounds.
    static let queries = FuzzedInput(
        "queries",
        seeds: [
            "limit=25&cursor=2026-01-01T00:00:00Z", "email=a%2Bb@x.io&name=%C3%A9+x&name=",
            "limit=-9223372036854775809&&=",
        ]
    ) { text in
        let items = QueryItems(query: text)
        if let page = try? PageRequest(items), !(1...100).contains(page.limit) { return "a page of \(page.limit)" }
        for name in ["email", "name", "limit"] {
            if let number = try? items.integer(name, in: -5...5), !(-5...5).contains(number) {
                return "the number \(number)"
            }
            for value in [try? items.filter(name), try? items.address(name)].compactMap({ $0 ?? nil })
            where value.isEmpty || value.unicodeScalars.count > 255 || value.utf8.contains(0) {
                return "a filter beyond its bounds"
            }
        }
        let encoded = text.utf8.map { String(format: "%%%02X", $0) }.joined()
        let sent = try? QueryItems(query: "a=b&c=\(encoded)").single("c")
        return sent == text ? nil : "an encoded text arrived as another"
    }

    /// JSON: what is read is read by Foundation too, and written anew it is read as the same.
    static let json = FuzzedInput(
        "json",
        seeds: [
            #"{"a":[1,-0.5e+10,true,false,null],"b":"\u00e9\ud83d\ude00\n","b":{}}"#, "[[[]]]", #""\\\"""#,
        ].map { Array($0.utf8) }
    ) { (bytes: [UInt8]) in
        guard let read = try? JSONReader<RenderedJSON>.read(bytes) else { return nil }
        guard (try? JSONReader<RenderedJSON>.read(Array(read.text.utf8)))?.text == read.text else {
            return "what was read is not what is written"
        }
        // It reads no numbers that a Double does not hold.
        guard read.text.firstMatch(of: /[0-9][eE]/) == nil, bytes.count < 200 else { return nil }
        let other = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
        return other == nil ? "Foundation does not read it" : nil
    }

    /// A Host: what the admin listener answers is a loopback name or address.
    static let hosts = FuzzedInput(
        "hosts",
        seeds: ["localhost:8081", "127.0.0.1", "[::1]:8081", "LOCALHOST.", "127.8.9.10:80", "evil.example"]
    ) { text in
        guard HostNames(listeningOn: "127.0.0.1").allow(text) else { return nil }
        let host = text.hasPrefix("[") ? text.dropFirst().prefix { $0 != "]" } : text.prefix { $0 != ":" }
        let name = (host.hasSuffix(".") ? host.dropLast() : host).lowercased()
        return name == "localhost" || isLoopback(name) ? nil : "\(text) was let in"
    }

    private static func isLoopback(_ text: String) -> Bool {
        guard !text.utf8.contains(0) else { return false }
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 { return bytes[0] == 127 }
        guard inet_pton(AF_INET6, text, &bytes) == 1 else { return false }
        let zeros = bytes.prefix { $0 == 0 }.count
        return zeros == 15 && bytes[15] == 1 || zeros == 10 && bytes[10...12] == [0xFF, 0xFF, 127]
    }

    /// Identifiers and places: what is read is written as what is read as the same.
    static let identifiers = FuzzedInput(
        "identifiers",
        seeds: [
            "src_2w8ytme2w7r265rhxn8w5rfg4d", "header:X-Acme-Event", "body:/event/~01/0", "42", "9223372036854775808",
        ]
    ) { text in
        if let source = SourceID(text), SourceID(source.description) != source { return "another source" }
        if let place = EventLocation(text), EventLocation(place.description) != place { return "another place" }
        if let position = try? MinimumPosition.read([text]), position.rawValue < 0 { return "a negative position" }
        return nil
    }
}

/// JSON as text again.
private struct RenderedJSON: JSONRepresentable {
    let text: String

    static var null: RenderedJSON { RenderedJSON(text: "null") }
    static func boolean(_ value: Bool) -> RenderedJSON { RenderedJSON(text: "\(value)") }
    static func number(_ spelling: String) -> RenderedJSON { RenderedJSON(text: spelling) }
    static func string(_ text: String) -> RenderedJSON { RenderedJSON(text: JSONText.quoted(text)) }
    static func array(_ elements: [RenderedJSON]) -> RenderedJSON {
        RenderedJSON(text: "[\(elements.map(\.text).joined(separator: ","))]")
    }
    static func object(members: [(name: String, value: RenderedJSON)]) -> RenderedJSON {
        let members = members.map { "\(JSONText.quoted($0.name)):\($0.value.text)" }
        return RenderedJSON(text: "{\(members.joined(separator: ","))}")
    }
}
