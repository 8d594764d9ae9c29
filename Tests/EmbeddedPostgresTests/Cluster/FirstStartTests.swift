import Foundation
import Testing

@testable import EmbeddedPostgres

@Suite(.timeLimit(.minutes(10)))
struct FirstStartTests {
    @Test func emptyDirectoryBecomesAServingCluster() async throws {
        let place = try TemporaryDirectory()
        try await withOpenCluster(place.cluster) { cluster async throws in
            #expect(await cluster.isOwner)
            #expect(cluster.connectionString == "host=\(place.cluster)/run port=5432 dbname=hooklog user=hooklog")
            #expect(
                try await cluster.query("SELECT current_database() || ' ' || current_user") == "hooklog hooklog"
            )
            let names = try place.names()
            #expect(
                names == ["data", "hooklog.conf", "lock", "master.key", "postgres.log", "run", "users"]
            )
        }
        #expect(try !isRunning(place.cluster))
    }

    @Test(arguments: [
        ("fsync", "on"), ("synchronous_commit", "on"), ("full_page_writes", "on"), ("data_checksums", "on"),
        ("listen_addresses", ""), ("wal_level", "replica"), ("max_connections", "100"), ("max_wal_size", "2GB"),
        ("server_encoding", "UTF8"), ("lc_collate", "C"), ("lc_ctype", "C.UTF-8"), ("TimeZone", "UTC"),
        ("log_error_verbosity", "terse"), ("log_parameter_max_length", "0"),
        ("log_parameter_max_length_on_error", "0"), ("unix_socket_permissions", "0700"),
    ])
    func settingIs(name: String, value: String) async throws {
        let settings = try await SharedSettings.values()
        #expect(settings[name.lowercased()] == value)
    }

    @Test func processesAndFilesBelongToTheirUsers() async throws {
        let place = try TemporaryDirectory()
        try await withOpenCluster(place.cluster) { cluster async throws in
            let server = try ServerUser.find("postgres")
            for name in ["data", "run"] {
                let status = try #require(FileStatus(path: place.cluster + "/" + name))
                #expect(status.owner == server.uid && status.mode == 0o700)
            }
            for name in ["lock", "users", "master.key", "postgres.log"] {
                let status = try #require(FileStatus(path: place.cluster + "/" + name))
                #expect(status.owner == geteuid() && status.mode == 0o600)
            }
            let postmaster = try cluster.postmasterID()
            #expect(getsid(postmaster) == postmaster)
            #expect(FileStatus(path: "/proc/\(postmaster)")?.owner == server.uid)
        }
    }

    @Test func noDescriptorOfTheCallerIsInherited() async throws {
        let place = try TemporaryDirectory()
        let file = open("/dev/null", O_RDONLY)
        let high = fcntl(file, F_DUPFD, 200)
        defer {
            close(file)
            close(high)
        }
        try await withOpenCluster(place.cluster) { cluster async throws in
            let postmaster = try cluster.postmasterID()
            let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(postmaster)/fd")
            #expect(descriptors.contains("2") && !descriptors.contains("\(high)"))
        }
    }

    @Test func noTCPSocketIsOpened() async throws {
        let place = try TemporaryDirectory()
        try await withOpenCluster(place.cluster) { cluster async throws in
            let postmaster = try cluster.postmasterID()
            let sockets = try socketInodes(of: postmaster)
            #expect(!sockets.isEmpty)
            // Looked for where a TCP socket would be, and not among the others: of those some close between two looks.
            for list in ["/proc/net/tcp", "/proc/net/tcp6"] where FileManager.default.fileExists(atPath: list) {
                let open = try String(contentsOfFile: list, encoding: .utf8)
                #expect(!sockets.contains { open.contains(" \($0) ") }, "\(list)")
            }
        }
    }

    @Test func checksumsAreOn() async throws {
        let place = try TemporaryDirectory()
        let programs = try await withOpenCluster(place.cluster) { $0.programDirectory }
        let text = try await runProgram(programs + "/pg_controldata", [place.cluster + "/data"])
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("Data page checksum version") })
        #expect(line.hasSuffix(" 1"))
        #expect(text.contains("shut down\n"))
    }

    @Test func longPathPutsTheSocketUnderTheTemporaryDirectory() async throws {
        let place = try TemporaryDirectory()
        let directory = place.cluster + "/" + String(repeating: "long", count: 30)
        let socket = try await withOpenCluster(directory) { cluster async throws in
            #expect(try await cluster.query("SELECT 1") == "1")
            let status = try #require(FileStatus(path: cluster.layout.socketDirectory))
            #expect(status.mode == 0o700)
            return cluster.layout.socketDirectory
        }
        #expect(socket.hasPrefix("/tmp/hooklog-"))
        try FileManager.default.removeItem(atPath: socket)
    }

    @Test(arguments: ["it's \\ here", "a, \"b\""])
    func pathWithBlanksQuotesOrCommasWorks(name: String) async throws {
        let place = try TemporaryDirectory()
        let directory = place.path + "/" + name
        let socket = try await withOpenCluster(directory) { cluster async throws in
            #expect(try await cluster.query("SELECT 1") == "1")
            return cluster.layout.socketDirectory
        }
        try FileManager.default.removeItem(atPath: socket)
    }

    @Test func masterKeyIsMadeOnceAndStays() async throws {
        let place = try TemporaryDirectory()
        let first = try await withOpenCluster(place.cluster) { try $0.loadMasterKey() }
        let second = try await withOpenCluster(place.cluster) { try $0.loadMasterKey() }
        #expect(first.count == 32)
        #expect(first == second)
    }

    @Test func lostMasterKeyIsNotReplaced() async throws {
        let place = try TemporaryDirectory()
        try await withOpenCluster(place.cluster) { cluster async throws in
            try FileManager.default.removeItem(atPath: place.cluster + "/master.key")
            let error = #expect(throws: EmbeddedPostgresError.self) { try cluster.loadMasterKey() }
            #expect(error?.code == .masterKeyMissing)
        }
    }
}

/// The settings of one cluster, read once.
private enum SharedSettings {
    private static let reading = SettingsReading()

    static func values() async throws -> [String: String] { try await reading.values() }
}

private actor SettingsReading {
    private var known: [String: String]?

    func values() async throws -> [String: String] {
        if let known { return known }
        let place = try TemporaryDirectory()
        let text = try await withOpenCluster(place.cluster) { cluster async throws in
            try await cluster.query("SELECT lower(name) || '=' || current_setting(name) FROM pg_settings")
        }
        let pairs = text.split(separator: "\n").map {
            $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        }
        let values = Dictionary(pairs.compactMap { $0.count == 2 ? (String($0[0]), String($0[1])) : nil }) { $1 }
        known = values
        return values
    }
}

/// The numbers of the sockets `pid` has open.
private func socketInodes(of pid: pid_t) throws -> [String] {
    let folder = "/proc/\(pid)/fd"
    return try FileManager.default.contentsOfDirectory(atPath: folder).compactMap { name in
        let target = try? FileManager.default.destinationOfSymbolicLink(atPath: folder + "/" + name)
        guard let target, target.hasPrefix("socket:[") else { return nil }
        return String(target.dropFirst("socket:[".count).dropLast())
    }
}
