import EventLog
import Foundation
import Testing

struct SecretSealerTests {
    private let address = SecretAddress(source: .sample(WorkspaceID(rawValue: 3), 5), number: 1)

    private func makeSealer() -> SecretSealer {
        SecretSealer(.generate())
    }

    @Test(arguments: ["", "whsec_abc", String(repeating: "x", count: 4096), "ключ 🔑"])
    func secretRoundTrips(_ secret: String) throws {
        let sealer = makeSealer()
        let sealed = try sealer.seal(secret, at: address)
        #expect(try sealer.open(sealed, at: address) == secret)
        #expect(sealed.count == secret.utf8.count + 28)
        #expect(secret.isEmpty || !sealed.contains(Array(secret.utf8)))
    }

    @Test func noncesDiffer() throws {
        let sealer = makeSealer()
        #expect(try sealer.seal("secret", at: address) != sealer.seal("secret", at: address))
    }

    @Test func everyChangedBitIsNoticed() throws {
        let sealer = makeSealer()
        let sealed = try sealer.seal("secret", at: address)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1 << UInt8(index % 8)
            let error = #expect(throws: EventLogError.self) { try sealer.open(changed, at: address) }
            #expect(error?.code == .unsealFailed)
        }
    }

    @Test(arguments: [
        SecretAddress(source: .sample(WorkspaceID(rawValue: 3), 5), number: 2),
        SecretAddress(source: .sample(WorkspaceID(rawValue: 3), 6), number: 1),
        SecretAddress(source: .sample(WorkspaceID(rawValue: 4), 5), number: 1),
    ])
    func movedSecretDoesNotOpen(_ other: SecretAddress) throws {
        let sealer = makeSealer()
        let sealed = try sealer.seal("secret", at: address)
        let error = #expect(throws: EventLogError.self) { try sealer.open(sealed, at: other) }
        #expect(error?.code == .unsealFailed)
        #expect(error?.source == other.source)
    }

    @Test(arguments: [0, 1, 12, 27])
    func shortTextDoesNotOpen(count: Int) {
        #expect(throws: EventLogError.self) { try makeSealer().open([UInt8](repeating: 0, count: count), at: address) }
    }

    @Test func otherMasterKeyDoesNotOpen() throws {
        let sealed = try makeSealer().seal("secret", at: address)
        let error = #expect(throws: EventLogError.self) { try makeSealer().open(sealed, at: address) }
        #expect(error?.description.contains("HOOKLOG_MASTER_KEY") == true)
    }

    @Test func masterKeyTextRoundTrips() throws {
        let key = MasterKey.generate()
        let sealed = try SecretSealer(key).seal("secret", at: address)
        let again = try MasterKey("  \(key.text)\n")
        #expect(try SecretSealer(again).open(sealed, at: address) == "secret")
        let bytes = try #require(Data(base64Encoded: key.text))
        #expect(try SecretSealer(MasterKey(bytes: Array(bytes))).open(sealed, at: address) == "secret")
    }

    @Test(arguments: ["", "x", "AAAA", Data(count: 31).base64EncodedString(), Data(count: 33).base64EncodedString()])
    func masterKeyMustBe32Bytes(_ text: String) {
        let error = #expect(throws: EventLogError.self) { try MasterKey(text) }
        #expect(error?.code == .invalidMasterKey)
        #expect(error?.description.contains("hooklog master-key") == true)
    }

    @Test func keyIsNotPrinted() {
        let key = MasterKey.generate()
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!"\(key)\(String(reflecting: key))\(dumped)".contains(key.text))
    }
}
