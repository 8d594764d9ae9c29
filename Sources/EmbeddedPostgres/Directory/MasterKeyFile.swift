import Foundation

/// The file that holds the master key: 32 random bytes as one line of base64, mode 0600.
struct MasterKeyFile: Sendable {
    /// The bytes of a key.
    static let keyLength = 32

    let path: String

    /// Reads the key, or makes it when the file is missing.
    ///
    /// The file appears complete and on disk or not at all; of several processes that make it at once, one wins and all
    /// return its key.
    func loadOrMake() throws(EmbeddedPostgresError) -> [UInt8] {
        if FileStatus(path: path) == nil, errno == ENOENT { try make() }
        return try load()
    }

    /// Reads the key.
    ///
    /// Throws when the file is missing, belongs to another user, can be read by others or does not hold 32 bytes.
    func load() throws(EmbeddedPostgresError) -> [UInt8] {
        guard FileStatus(path: path) != nil else {
            throw EmbeddedPostgresError(
                code: .masterKeyMissing,
                path: path,
                problem:
                    "The master key \(path) is missing, and secrets sealed with it cannot be opened with a new one",
                remedy: "restore the file from a backup or set HOOKLOG_MASTER_KEY"
            )
        }
        let file = try OpenFile(path, flags: O_RDONLY)
        guard let status = FileStatus(descriptor: file.descriptor), status.isRegularFile, status.owner == geteuid(),
            status.mode & 0o077 == 0
        else {
            throw unusable("is open to others", remedy: "run `chown \(geteuid()) \(path)` and `chmod 600 \(path)`")
        }
        let text = String(decoding: try file.read(limit: 128), as: UTF8.self)
        guard let key = Data(base64Encoded: text.trimmingCharacters(in: .whitespacesAndNewlines)),
            key.count == MasterKeyFile.keyLength
        else {
            throw unusable("does not hold 32 bytes in base64", remedy: "restore the file from a backup")
        }
        return Array(key)
    }

    private func make() throws(EmbeddedPostgresError) {
        let temporary = temporaryPath(beside: path)
        let key = (0..<MasterKeyFile.keyLength).map { _ in UInt8.random(in: .min ... .max) }
        let file = try OpenFile(temporary, flags: O_WRONLY | O_CREAT | O_EXCL)
        defer { _ = unlink(temporary) }
        try file.write(Array((Data(key).base64EncodedString() + "\n").utf8), durably: true)
        guard link(temporary, path) == 0 || errno == EEXIST else {
            throw EmbeddedPostgresError.systemCall("link", path)
        }
        let directory = (path as NSString).deletingLastPathComponent
        try OpenFile(directory, flags: O_RDONLY | O_DIRECTORY).synchronise()
    }

    private func unusable(_ fault: String, remedy: String) -> EmbeddedPostgresError {
        EmbeddedPostgresError(
            code: .masterKeyUnusable,
            path: path,
            problem: "The master key \(path) \(fault)",
            remedy: remedy
        )
    }
}

/// Where a file or directory is made that is to take the place of `path`; another each time.
func temporaryPath(beside path: String) -> String {
    "\(path).new-" + String(format: "%08x", UInt32.random(in: .min ... .max))
}
