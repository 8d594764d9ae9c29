import Foundation
import Testing

@testable import EmbeddedPostgres

struct MasterKeyFileTests {
    private let place: TemporaryDirectory
    private var file: MasterKeyFile { MasterKeyFile(path: place.path + "/master.key") }

    init() throws { place = try TemporaryDirectory() }

    @Test func keyIsMadeOfRandomBytesAndStays() throws {
        let key = try file.loadOrMake()
        #expect(key.count == 32 && Set(key).count > 20)
        #expect(try file.loadOrMake() == key)
        #expect(try file.load() == key)
        #expect(try place.names(in: "") == ["master.key"])
    }

    @Test func fileIsPrivateAndHoldsBase64() throws {
        let key = try file.loadOrMake()
        let status = try #require(FileStatus(path: file.path))
        #expect(status.mode == 0o600 && status.owner == geteuid())
        #expect(try String(contentsOfFile: file.path, encoding: .utf8) == Data(key).base64EncodedString() + "\n")
    }

    @Test func makersAtOnceAgreeOnOneKey() async throws {
        let file = file
        let keys = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<8 { group.addTask { try file.loadOrMake() } }
            return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
        }
        #expect(keys.count == 1)
    }

    @Test func missingKeyIsNotMadeByLoading() {
        let error = #expect(throws: EmbeddedPostgresError.self) { try file.load() }
        #expect(error?.code == .masterKeyMissing)
    }

    @Test(arguments: [0o640, 0o604, 0o666] as [mode_t])
    func keyThatOthersCanReadIsRefused(mode: mode_t) throws {
        _ = try file.loadOrMake()
        try #require(chmod(file.path, mode) == 0)
        let error = #expect(throws: EmbeddedPostgresError.self) { try file.load() }
        #expect(error?.code == .masterKeyUnusable)
        #expect(error?.description.contains("chmod 600") == true)
    }

    @Test(arguments: ["", "not base64!", "c2hvcnQ=", String(repeating: "A", count: 200)])
    func fileWithoutThirtyTwoBytesIsRefused(text: String) throws {
        try place.write(text, to: "master.key", mode: 0o600)
        let error = #expect(throws: EmbeddedPostgresError.self) { try file.load() }
        #expect(error?.code == .masterKeyUnusable)
        #expect(text.isEmpty || error?.description.contains(text) == false)
    }

    @Test func symbolicLinkIsNotFollowed() throws {
        try place.write(Data(count: 32).base64EncodedString(), to: "elsewhere", mode: 0o600)
        try #require(symlink(place.path + "/elsewhere", file.path) == 0)
        let error = #expect(throws: EmbeddedPostgresError.self) { try file.load() }
        #expect(error?.systemError == ELOOP)
    }
}
