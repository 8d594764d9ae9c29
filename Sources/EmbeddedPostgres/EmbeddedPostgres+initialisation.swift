import Foundation
import Logging

extension EmbeddedPostgres {
    /// Makes a new cluster with the superuser and the database `hooklog`, which appears complete or not at all.
    ///
    /// `initdb` works in `data.new-…`, which is renamed to `data` when everything in it is on disk. What a killed attempt left
    /// is removed by the next one. The caller holds the directory's lock.
    func initialise() async throws(EmbeddedPostgresError) {
        logger.debug("making an embedded PostgreSQL cluster", metadata: metadata)
        _ = try MasterKeyFile(path: layout.masterKeyFile).loadOrMake()
        await removeLeftovers()
        let place = temporaryPath(beside: layout.dataDirectory)
        guard mkdir(place, 0o700) == 0 else { throw EmbeddedPostgresError.systemCall("mkdir", place) }
        do {
            try command.session.user.takeOwnership(of: place)
            try await make(in: place)
            try publish(place)
        } catch {
            await remove(place)
            throw error
        }
    }

    private func make(in place: String) async throws(EmbeddedPostgresError) {
        // Collation C compares bytes: the same order on every machine and after every upgrade of the C library. The
        // character type knows Unicode, so that upper and lower case are not limited to ASCII.
        let options = [
            "--pgdata=\(place)", "--username=hooklog", "--data-checksums", "--encoding=UTF8", "--locale=C",
            "--lc-ctype=C.UTF-8", "--auth-local=trust", "--auth-host=reject", "--no-instructions",
        ]
        try await run(programs.initdb, options)
        // Without exit_on_error a failed statement in single-user mode still ends with 0; -j reads it as a whole.
        try await run(
            programs.postgres,
            ["--single", "-j", "-D", place, "-c", "exit_on_error=on", "postgres"],
            input: PackageResources.create_database_sql
        )
    }

    private func run(
        _ program: String,
        _ arguments: [String],
        input: [UInt8] = []
    ) async throws(EmbeddedPostgresError) {
        let deadline = configuration.deadlines.initialisation
        let outcome = try await command.run(program, arguments, input: input, deadline: deadline)
        guard outcome.status != 0 else { return }
        throw EmbeddedPostgresError(
            code: .initialisationFailed,
            path: layout.dataDirectory,
            problem: "The program \(program) could not make a cluster in \(layout.directory)",
            remedy: "see what it says below, then try again: nothing was left behind",
            logTail: outcome.lastLines
        )
    }

    private func publish(_ place: String) throws(EmbeddedPostgresError) {
        guard rename(place, layout.dataDirectory) == 0 else {
            throw EmbeddedPostgresError(
                code: .initialisationFailed,
                path: layout.dataDirectory,
                problem: "The new cluster cannot be moved to \(layout.dataDirectory)",
                remedy: "make sure that nothing is mounted there",
                systemError: errno
            )
        }
        try OpenFile(layout.directory, flags: O_RDONLY | O_DIRECTORY).synchronise()
    }

    private func removeLeftovers() async {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: layout.directory)) ?? []
        for name in names where name.hasPrefix("data.new-") {
            logger.debug("removing an unfinished cluster", metadata: ["cluster.path": "\(layout.directory)/\(name)"])
            await remove("\(layout.directory)/\(name)")
        }
    }

    /// Removes a tree as the user it belongs to, who might exchange a folder for a link while it is walked.
    ///
    /// What cannot be removed stays for the next attempt.
    private func remove(_ place: String) async {
        var metadata: Logger.Metadata = ["cluster.path": "\(place)"]
        do {
            let deadline = configuration.deadlines.initialisation
            let outcome = try await command.run("/bin/rm", ["-rf", "--", place], deadline: deadline)
            if rmdir(place) == 0 || errno == ENOENT { return }
            metadata["rm.output"] = "\(outcome.output)"
        } catch {
            metadata["error"] = "\(error)"
        }
        logger.debug("an unfinished cluster was not removed", metadata: metadata)
    }
}
