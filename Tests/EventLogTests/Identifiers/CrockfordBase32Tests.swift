import Testing

@testable import EventLog

struct CrockfordBase32Tests {
    @Test(arguments: [1, 5, 16, 48])
    func bytesRoundTrip(count: Int) throws {
        for _ in 0..<200 {
            let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max) }
            let text = CrockfordBase32.encode(bytes)
            #expect(text.utf8.count == CrockfordBase32.length(ofBytes: count))
            #expect(CrockfordBase32.decode(text.utf8, count: count) == bytes)
        }
    }

    @Test func knownValuesAreWritten() {
        #expect(CrockfordBase32.encode([0xFF]) == "7z")
        #expect(CrockfordBase32.encode([0, 0, 0, 0, 1]) == "00000001")
        #expect(CrockfordBase32.encode([0xFF, 0xFF, 0xFF, 0xFF, 0xFF]) == "zzzzzzzz")
    }

    @Test(arguments: ["8z", "zz", "7", "7zz", "7i", "7l", "7o", "7u", "7Z", "7-", ""])
    func otherTextsAreRefused(_ text: String) {
        #expect(CrockfordBase32.decode(text.utf8, count: 1) == nil)
    }
}
