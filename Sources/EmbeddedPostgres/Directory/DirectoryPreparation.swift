import Foundation

/// Makes the directories of a cluster and checks that only the right users can reach them.
struct DirectoryPreparation: Sendable {
    let serverUser: ServerUser

    /// Makes `path` when it is missing, checks it, and returns its real path.
    ///
    /// A directory made here is open to nobody else, or only for passing through when PostgreSQL runs as another user.
    func prepare(_ path: String) throws(EmbeddedPostgresError) -> String {
        guard !path.isEmpty, !path.contains("\n"), !path.contains("\0") else {
            throw EmbeddedPostgresError(
                code: .directoryUnusable,
                path: path,
                problem: "The directory's name is empty or holds a line break",
                remedy: "choose another directory"
            )
        }
        try make(path, mode: serverUser.differsFromProcess ? 0o711 : 0o700)
        guard let resolved = realpath(path, nil) else {
            throw EmbeddedPostgresError.systemCall("realpath", path, remedy: "choose another directory")
        }
        defer { free(resolved) }
        let directory = String(cString: resolved)
        try checkOwnership(of: directory)
        if serverUser.differsFromProcess { try checkReachability(of: directory) }
        return directory
    }

    /// Makes the socket's directory, mode 0700 and PostgreSQL's own, when it is missing, and checks it.
    func prepareSocketDirectory(_ path: String) throws(EmbeddedPostgresError) {
        if mkdir(path, 0o700) == 0 {
            guard chmod(path, 0o700) == 0 else { throw EmbeddedPostgresError.systemCall("chmod", path) }
            try serverUser.takeOwnership(of: path)
        } else if errno != EEXIST {
            throw EmbeddedPostgresError.systemCall("mkdir", path)
        }
        try checkSocketDirectory(path)
    }

    /// Checks that whoever listens in the socket's directory is the user PostgreSQL runs as.
    func checkSocketDirectory(_ path: String) throws(EmbeddedPostgresError) {
        guard let status = FileStatus(path: path) else { throw EmbeddedPostgresError.systemCall("lstat", path) }
        guard status.isDirectory, status.owner == serverUser.uid, status.mode & 0o077 == 0 else {
            throw EmbeddedPostgresError(
                code: .directoryUnusable,
                path: path,
                problem: "The socket directory \(path) is not private to user \(serverUser.name)"
                    + " (owner \(status.owner), mode \(status.octalMode))",
                remedy: "remove it while no Hooklog runs on it"
            )
        }
    }

    private func make(_ path: String, mode: mode_t) throws(EmbeddedPostgresError) {
        if mkdir(path, mode) == 0 {
            guard chmod(path, mode) == 0 else { throw EmbeddedPostgresError.systemCall("chmod", path) }
            return
        }
        if errno == EEXIST { return }
        let parent = (path as NSString).deletingLastPathComponent
        guard errno == ENOENT, !parent.isEmpty, parent != path else {
            throw EmbeddedPostgresError(
                code: .directoryUnusable,
                path: path,
                problem: "The directory \(path) cannot be made",
                remedy: "choose another directory",
                systemError: errno
            )
        }
        try make(parent, mode: mode | 0o011)
        try make(path, mode: mode)
    }

    private func checkOwnership(of directory: String) throws(EmbeddedPostgresError) {
        guard let status = FileStatus(path: directory) else {
            throw EmbeddedPostgresError.systemCall("lstat", directory)
        }
        let fault: (String, String)? =
            if !status.isDirectory {
                ("is not a directory", "choose another directory")
            } else if status.owner != geteuid() {
                (
                    "belongs to user \(status.owner), and this process runs as \(geteuid())",
                    "run as that user, or run `chown \(geteuid()) \(directory)`"
                )
            } else if status.mode & 0o022 != 0 {
                ("can be written to by other users", "run `chmod go-w \(directory)` or choose another directory")
            } else {
                nil
            }
        guard let (problem, remedy) = fault else { return }
        throw EmbeddedPostgresError(
            code: .directoryUnusable,
            path: directory,
            problem: "\(directory) \(problem)",
            remedy: remedy
        )
    }

    private func checkReachability(of directory: String) throws(EmbeddedPostgresError) {
        var component = ""
        for name in directory.split(separator: "/") {
            component += "/\(name)"
            guard let status = FileStatus(path: component) else {
                throw EmbeddedPostgresError.systemCall("lstat", component)
            }
            if serverUser.maySearch(status) { continue }
            throw EmbeddedPostgresError(
                code: .directoryUnreachable,
                path: component,
                problem: "PostgreSQL runs as user \(serverUser.name), who may not pass through \(component)"
                    + " on the way to \(directory)",
                remedy: "run `chmod o+x \(component)` or choose another directory"
            )
        }
    }
}
