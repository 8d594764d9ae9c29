import Foundation
import Testing

@testable import EmbeddedPostgres

@Suite
struct DirectoryPreparationTests {
    private let place: TemporaryDirectory

    init() throws { place = try TemporaryDirectory() }

    private static func user(differs: Bool) -> ServerUser {
        ServerUser(
            name: "server",
            uid: differs ? 12_345 : geteuid(),
            gid: 12_345,
            groups: [12_345, 777],
            differsFromProcess: differs
        )
    }

    @Test func missingDirectoriesAreMadePrivate() throws {
        let preparation = DirectoryPreparation(serverUser: Self.user(differs: false))
        let directory = try preparation.prepare(place.path + "/a/b/c")
        #expect(directory == place.path + "/a/b/c")
        #expect(FileStatus(path: directory)?.mode == 0o700)
        #expect(FileStatus(path: place.path + "/a")?.mode == 0o711)
    }

    @Test func directoryOfAnotherServersUserCanBePassedThrough() throws {
        let preparation = DirectoryPreparation(serverUser: Self.user(differs: true))
        #expect(try FileStatus(path: preparation.prepare(place.path + "/a/b"))?.mode == 0o711)
    }

    @Test func linksAreResolved() throws {
        _ = try place.makeDirectory("real", mode: 0o700)
        try #require(symlink(place.path + "/real", place.path + "/link") == 0)
        let preparation = DirectoryPreparation(serverUser: Self.user(differs: false))
        #expect(try preparation.prepare(place.path + "/link/../link/") == place.path + "/real")
    }

    @Test func relativePathIsResolved() throws {
        let preparation = DirectoryPreparation(serverUser: Self.user(differs: false))
        let name = String(place.path.dropFirst("/tmp/".count))
        let here = FileManager.default.currentDirectoryPath
        let up = here.split(separator: "/").map { _ in "../" }.joined()
        #expect(try preparation.prepare(up + "tmp/" + name + "/x") == place.path + "/x")
    }

    @Test(arguments: ["", "/tmp/line\nbreak"])
    func impossibleNameIsRefused(path: String) {
        let preparation = DirectoryPreparation(serverUser: Self.user(differs: false))
        let error = #expect(throws: EmbeddedPostgresError.self) { try preparation.prepare(path) }
        #expect(error?.code == .directoryUnusable)
    }

    @Test func fileInThePlaceIsRefused() throws {
        try place.write("x", to: "file")
        let preparation = DirectoryPreparation(serverUser: Self.user(differs: false))
        for path in ["/file", "/file/below"] {
            let error = #expect(throws: EmbeddedPostgresError.self) { try preparation.prepare(place.path + path) }
            #expect(error?.code == .directoryUnusable)
        }
    }

    @Test(arguments: [0o770, 0o707, 0o777] as [mode_t])
    func directoryThatOthersCanWriteToIsRefused(mode: mode_t) throws {
        let directory = try place.makeDirectory("shared", mode: mode)
        let preparation = DirectoryPreparation(serverUser: Self.user(differs: false))
        let error = #expect(throws: EmbeddedPostgresError.self) { try preparation.prepare(directory) }
        #expect(error?.code == .directoryUnusable)
        #expect(error?.description.contains("`chmod go-w \(directory)`") == true)
    }

    @Test(.enabled(if: runsAsRoot))
    func directoryOfAnotherUserIsRefused() throws {
        let directory = try place.makeDirectory("theirs")
        try #require(chown(directory, 12_345, 12_345) == 0)
        let preparation = DirectoryPreparation(serverUser: Self.user(differs: true))
        let error = #expect(throws: EmbeddedPostgresError.self) { try preparation.prepare(directory) }
        #expect(error?.code == .directoryUnusable)
        #expect(error?.description.contains("belongs to user 12345") == true)
    }

    @Test func firstComponentThatCannotBePassedIsNamed() throws {
        _ = try place.makeDirectory("open/closed/inner", mode: 0o700)
        try #require(chmod(place.path + "/open/closed", 0o740) == 0)
        let preparation = DirectoryPreparation(serverUser: Self.user(differs: true))
        let error = #expect(throws: EmbeddedPostgresError.self) {
            try preparation.prepare(place.path + "/open/closed/inner")
        }
        #expect(error?.code == .directoryUnreachable)
        #expect(error?.path == place.path + "/open/closed")
    }

    @Test(
        .enabled(if: runsAsRoot),
        arguments: [
            (12_345, 1, 0o700, true), (12_345, 1, 0o077, false), (1, 777, 0o010, true), (1, 777, 0o707, false),
            (1, 1, 0o001, true), (1, 1, 0o770, false),
        ]
    )
    func permissionBitsDecideAsTheKernelDoes(owner: uid_t, group: gid_t, mode: mode_t, isAllowed: Bool) throws {
        let directory = try place.makeDirectory("d")
        try #require(chown(directory, owner, group) == 0 && chmod(directory, mode) == 0)
        let status = try #require(FileStatus(path: directory))
        #expect(Self.user(differs: true).maySearch(status) == isAllowed)
    }

    @Test func socketDirectoryIsMadePrivateAndCheckedAgain() throws {
        let preparation = DirectoryPreparation(serverUser: Self.user(differs: false))
        let directory = place.path + "/run"
        try preparation.prepareSocketDirectory(directory)
        try preparation.prepareSocketDirectory(directory)
        #expect(FileStatus(path: directory)?.mode == 0o700)
        try #require(chmod(directory, 0o750) == 0)
        #expect(throws: EmbeddedPostgresError.self) { try preparation.checkSocketDirectory(directory) }
    }

    @Test func socketDirectoryOfSomebodyElseIsRefused() throws {
        let preparation = DirectoryPreparation(
            serverUser: ServerUser(name: "server", uid: 12_345, gid: 12_345, groups: [], differsFromProcess: false)
        )
        let error = #expect(throws: EmbeddedPostgresError.self) {
            try preparation.prepareSocketDirectory(place.path + "/run")
        }
        #expect(error?.code == .directoryUnusable)
    }

    @Test func linkInPlaceOfTheSocketDirectoryIsRefused() throws {
        _ = try place.makeDirectory("theirs", mode: 0o700)
        try #require(symlink(place.path + "/theirs", place.path + "/run") == 0)
        let preparation = DirectoryPreparation(serverUser: Self.user(differs: false))
        #expect(throws: EmbeddedPostgresError.self) { try preparation.prepareSocketDirectory(place.path + "/run") }
    }
}
