import Foundation

/// The operating-system user that PostgreSQL runs as.
///
/// PostgreSQL refuses to run as root: a root process names an unprivileged user, any other process runs it as itself.
struct ServerUser: Sendable, Equatable {
    let name: String
    let uid: uid_t
    let gid: gid_t
    let groups: Set<gid_t>
    /// Whether the process is root and PostgreSQL another user.
    let differsFromProcess: Bool

    /// Finds the user: the process's own, or `name` when the process is root.
    static func find(_ name: String) throws(EmbeddedPostgresError) -> ServerUser {
        guard geteuid() == 0 else {
            return ServerUser(
                name: "\(geteuid())",
                uid: geteuid(),
                gid: getegid(),
                groups: [getegid()],
                differsFromProcess: false
            )
        }
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil, entry.pw_uid != 0 else {
            throw EmbeddedPostgresError(
                code: .serverUserMissing,
                path: name,
                problem: "PostgreSQL does not run as root, and there is no unprivileged user \(name) to run it as",
                remedy: "run `useradd --system \(name)`, or run hooklog as another user than root"
            )
        }
        return ServerUser(
            name: name,
            uid: entry.pw_uid,
            gid: entry.pw_gid,
            groups: memberships(of: name, gid: entry.pw_gid),
            differsFromProcess: true
        )
    }

    /// Whether the permission bits let the user pass through a directory.
    func maySearch(_ status: FileStatus) -> Bool {
        if status.owner == uid { return status.mode & 0o100 != 0 }
        if groups.contains(status.group) { return status.mode & 0o010 != 0 }
        return status.mode & 0o001 != 0
    }

    /// Gives a file that the process just made to the user.
    func takeOwnership(of path: String) throws(EmbeddedPostgresError) {
        guard differsFromProcess else { return }
        guard lchown(path, uid, gid) == 0 else { throw EmbeddedPostgresError.systemCall("chown", path) }
    }

    private static func memberships(of name: String, gid: gid_t) -> Set<gid_t> {
        var count: CInt = 256
        var groups = [gid_t](repeating: gid, count: Int(count))
        guard getgrouplist(name, gid, &groups, &count) >= 0 else { return [gid] }
        return Set(groups.prefix(Int(count)))
    }
}
