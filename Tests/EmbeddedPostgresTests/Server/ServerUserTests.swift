import Glibc
import Testing

@testable import EmbeddedPostgres

@Suite
struct ServerUserTests {
    @Test(.enabled(if: runsAsRoot), arguments: ["no-such-user", "root"])
    func rootNeedsAnUnprivilegedUser(name: String) {
        let error = #expect(throws: EmbeddedPostgresError.self) { try ServerUser.find(name) }
        #expect(error?.code == .serverUserMissing)
        #expect(error?.description.contains("useradd --system \(name)") == true)
    }

    @Test(.enabled(if: runsAsRoot))
    func userIsFoundWithItsGroups() throws {
        let user = try ServerUser.find("postgres")
        #expect(user.name == "postgres" && user.uid != 0 && user.differsFromProcess)
        #expect(user.groups.contains(user.gid))
    }

    @Test(.enabled(if: !runsAsRoot))
    func processOfAnotherUserIsTheServersUser() throws {
        let user = try ServerUser.find("no-such-user")
        #expect(user.uid == geteuid() && !user.differsFromProcess)
    }

    @Test func ownershipIsOnlyChangedForAnotherUser() throws {
        let place = try TemporaryDirectory()
        let user = ServerUser(name: "", uid: 12_345, gid: 12_345, groups: [], differsFromProcess: false)
        try user.takeOwnership(of: place.path)
        #expect(FileStatus(path: place.path)?.owner == geteuid())
    }
}
