import Configuration
import EventLog
import Foundation
import Logging
import Testing

@testable import hooklog

@Suite("Settings")
struct SettingsTests {
    private static let masterKey = String(repeating: "A", count: 43) + "="

    private func reader(
        flags: [SettingKey: String] = [:],
        environment: [String: String] = [:],
        yaml: String? = nil
    ) async throws -> ConfigReader {
        let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try yaml.map { try Data($0.utf8).write(to: directory.appending(path: "hooklog.yaml")) }
        let sources = SettingsSources(flags: flags, environment: environment, workingDirectory: directory.path)
        return try await sources.load()
    }

    @Test("A flag wins over the environment, that over the file, that over the default")
    func orderOfSources() async throws {
        let yaml = "listen: 127.0.0.1:3"
        let environment = ["HOOKLOG_LISTEN": "127.0.0.1:2"]
        let flags = [SettingKey.listen: "127.0.0.1:1"]
        let all = try await reader(flags: flags, environment: environment, yaml: yaml)
        #expect(try ListenerSettings(config: all).listen.port == 1)
        #expect(try await ListenerSettings(config: reader(environment: environment, yaml: yaml)).listen.port == 2)
        #expect(try await ListenerSettings(config: reader(yaml: yaml)).listen.port == 3)
        #expect(try await ListenerSettings(config: reader()).listen.port == 8080)
    }

    @Test(
        "A key that is no setting is an error and not ignored",
        arguments: ["listn: 127.0.0.1:3", "connections: 7\nrole: api"]
    )
    func misspeltKeyIsSaid(_ yaml: String) async throws {
        let error = await #expect(throws: CommandError.self) { _ = try await reader(yaml: yaml) }
        #expect(error?.code == .invalidSetting)
        #expect(error?.description.contains("admin_hosts, admin_listen, append_queue") == true)
    }

    @Test("The memory for bodies leaves room for the greatest body", arguments: ["39", "65537", "64MiB", "-1"])
    func bodyMemoryOutOfRange(_ text: String) async throws {
        let environment = ["HOOKLOG_BODY_MEMORY": text, "HOOKLOG_DATABASE_URL": "postgres://a"]
        let config = try await reader(environment: environment)
        let error = #expect(throws: CommandError.self) { try ServeSettings(config: config) }
        #expect(error?.code == .invalidSetting)
        #expect(error?.description.contains("body_memory") == true)
    }

    @Test("The memory for bodies is 64 MiB, or what is set")
    func bodyMemory() async throws {
        let standard = try await reader(environment: ["HOOKLOG_DATABASE_URL": "postgres://a"])
        #expect(try ServeSettings(config: standard).http.bodyByteCount == 64 << 20)
        let larger = try await reader(environment: ["HOOKLOG_DATABASE_URL": "postgres://a"], yaml: "body_memory: 100")
        #expect(try ServeSettings(config: larger).http.bodyByteCount == 100 << 20)
    }

    @Test("An empty variable counts as absent")
    func emptyVariableIsAbsent() async throws {
        let config = try await reader(environment: ["HOOKLOG_LISTEN": ""], yaml: "listen: 127.0.0.1:3")
        #expect(try ListenerSettings(config: config).listen.port == 3)
    }

    @Test("A number in the file may stand with or without quotes", arguments: ["connections: 7", "connections: '7'"])
    func numberInFile(_ yaml: String) async throws {
        #expect(try await reader(yaml: yaml).number(.connections, in: 1...10, default: 1) == 7)
    }

    @Test(
        "A bad value names the setting in all its spellings",
        arguments: [
            ("listen", "nowhere"), ("admin_listen", "127.0.0.1"), ("roles", "cook"), ("roles", ""),
            ("log_level", "loud"), ("log_format", "xml"), ("connections", "many"), ("connections", "0"),
            ("append_workers", "1.5"), ("master_key", "c2hvcnQ="), ("admin_listen", "127.0.0.1:8080"),
        ]
    )
    func badValueNamesTheSetting(_ name: String, _ value: String) async throws {
        let key = try #require(SettingKey(rawValue: name))
        let flags = [key: value, .databaseURL: "postgres://h"]
        let config = try await reader(flags: flags)
        let error = #expect(throws: CommandError.self) { try ServeSettings(config: config, flags: flags) }
        #expect(error?.code == .invalidSetting)
        let text = error?.description ?? ""
        #expect(text.contains(key.flag) && text.contains(key.variable) && text.contains(name))
        #expect(value.count < 5 || name == "admin_listen" || !text.contains(value))
    }

    @Test("Without a database the way out is named")
    func missingDatabaseNamesTheWayOut() async throws {
        let config = try await reader()
        let error = #expect(throws: CommandError.self) { try DatabaseSettings(config: config) }
        #expect(error?.code == .databaseNotConfigured)
        #expect(error?.description.contains("--embedded-postgres") == true)
        #expect(error?.description.contains("HOOKLOG_DATABASE_URL") == true)
    }

    @Test("Both kinds of database at one level are refused")
    func twoDatabasesAreRefused() async throws {
        let config = try await reader(yaml: "database_url: postgres://h\nembedded_postgres: ./data")
        #expect(throws: CommandError.self) { try DatabaseSettings(config: config) }
    }

    @Test("A flag for one kind overrides the other kind from elsewhere")
    func flagOverridesTheOtherKind() async throws {
        let environment = ["HOOKLOG_DATABASE_URL": "postgres://h", "HOOKLOG_MASTER_KEY": Self.masterKey]
        let flags = [SettingKey.embeddedPostgres: "./data"]
        let settings = try await DatabaseSettings(config: reader(flags: flags, environment: environment), flags: flags)
        #expect(settings.location == .embedded(directory: "./data"))
        #expect(settings.masterKey?.text == Self.masterKey)
    }

    @Test("Descriptions hold no secret")
    func descriptionsHoldNoSecret() async throws {
        let environment = ["HOOKLOG_DATABASE_URL": "postgres://u:geheim@h", "HOOKLOG_MASTER_KEY": Self.masterKey]
        let settings = try await DatabaseSettings(config: reader(environment: environment))
        var dump = ""
        Swift.dump(settings, to: &dump)
        #expect(!"\(settings)\(dump)".contains("geheim"))
        #expect(!"\(settings)\(dump)".contains(Self.masterKey))
    }

    @Test("A file that is named must be there, and be YAML")
    func namedFileMustExist() async throws {
        let missing = SettingsSources(file: "/nonexistent/hooklog.yaml", environment: [:])
        let error = await #expect(throws: CommandError.self) { _ = try await missing.load() }
        #expect(error?.code == .unreadableFile)
        #expect(error?.description.contains("/nonexistent/hooklog.yaml") == true)
        await #expect(throws: CommandError.self) { _ = try await reader(yaml: "listen: [") }
    }

    @Test(
        "Addresses",
        arguments: [
            ("127.0.0.1:8080", "127.0.0.1", 8080), ("[::1]:0", "::1", 0), (":65535", "0.0.0.0", 65_535),
            ("localhost:1", "localhost", 1),
        ]
    )
    func addressIsRead(_ text: String, _ host: String, _ port: Int) {
        #expect(ListenAddress(text) == ListenAddress(host: host, port: port))
    }

    @Test("What is no address", arguments: ["", "8080", "h:", "h:65536", "h:-1", "::1:80", "[]:80", "h:http"])
    func otherAddressIsRefused(_ text: String) {
        #expect(ListenAddress(text) == nil)
    }
}
