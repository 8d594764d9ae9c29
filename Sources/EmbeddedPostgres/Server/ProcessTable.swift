import Foundation

/// The part of `/proc` that anybody may read of anybody's processes.
///
/// What needs more (`/proc/…/cwd`) is refused to root in a container, whose root lacks `CAP_SYS_PTRACE`.
struct ProcessTable: Sendable {
    let layout: ClusterLayout
    let serverUser: ServerUser

    /// Whether `pid` is a living process; one that ended and waits to be reaped is not, and is reaped if it is ours.
    func isAlive(_ pid: pid_t) -> Bool {
        // "123 (postgres) S …": the name is cut at 15 bytes and may hold anything, blanks and parentheses included.
        guard let text = contents(of: "/proc/\(pid)/stat"), let nameEnd = text.lastIndex(of: ")") else { return false }
        let state = text[nameEnd...].dropFirst(2).first
        guard state == "Z" || state == "X" else { return true }
        let name = text[..<nameEnd].drop { $0 != "(" }.dropFirst()
        // Another program's process is left to whoever started it. This matters most as process 1 of a container, which
        // inherits orphans: PostgreSQL takes its unreaped predecessor for a living one and does not start.
        if name == "postgres" || name == "setpriv" { _ = Self.reap(pid) }
        return false
    }

    /// Whether `pid` is a process of this cluster: run by the server's user, started on its data directory or named so.
    func belongsToCluster(_ pid: pid_t) -> Bool {
        guard let status = FileStatus(path: "/proc/\(pid)"), status.owner == serverUser.uid,
            let command = contents(of: "/proc/\(pid)/cmdline")
        else { return false }
        if command.hasPrefix("postgres: \(layout.clusterName): ") { return true }
        let arguments = command.split(separator: "\0")
        return arguments.first?.hasSuffix("/postgres") == true && arguments.contains { $0 == layout.dataDirectory }
    }

    /// The living processes of this cluster, in no order.
    func clusterProcesses() -> [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.filter { belongsToCluster($0) && isAlive($0) }
    }

    /// Reaps `pid` when it is a child of this process that has ended, and returns its status; nil while it runs or when
    /// it is no child.
    static func reap(_ pid: pid_t) -> CInt? {
        var status: CInt = 0
        return waitpid(pid, &status, WNOHANG) == pid ? status : nil
    }

    private func contents(of path: String) -> String? {
        guard let file = try? OpenFile(path, flags: O_RDONLY), let bytes = try? file.read(limit: 8_192) else {
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
