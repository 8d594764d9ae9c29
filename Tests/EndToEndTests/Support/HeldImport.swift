import Foundation
import Testing

/// An import by the built binary that the database stops within an append, so that it is killed half way however fast or
/// slow the machine is.
enum HeldImport {
    private static let key = 4242

    /// Starts an import, waits until it is about to append the event at `position`, and kills it there.
    ///
    /// When this returns, the server has committed the append that the import was killed in, or taken it back.
    static func kill(_ arguments: [String], at position: Int, in hooklog: ServedHooklog) async throws {
        try await hold(from: position, in: hooklog)
        let holder = try process(
            ["psql", "--", "-X", "-c", "SELECT pg_advisory_lock(\(key)); SELECT pg_sleep(3000)"],
            in: hooklog
        )
        while try await !isLock("granted", in: hooklog) {
            try #require(holder.isRunning, "the lock was not taken")
        }
        let running = try process(["import"] + arguments, in: hooklog)
        // However long it takes: the suite has a time limit.
        while try await !isLock("NOT granted", in: hooklog) {
            try #require(running.isRunning, "the import ended before it came to the lock")
        }
        Foundation.kill(running.processIdentifier, SIGKILL)
        running.waitUntilExit()
        _ = try await hooklog.query(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = \(key) AND granted"
        )
        holder.waitUntilExit()
        // Waits for the append.
        _ = try await hooklog.query("DROP TRIGGER hold ON hooklog.event")
    }

    /// Makes the log take no event from a position on while the lock is held, and at most five hundred in 0.3 s, so that an
    /// import has kept its place before it gets there.
    private static func hold(from position: Int, in hooklog: ServedHooklog) async throws {
        _ = try await hooklog.query(
            """
            CREATE OR REPLACE FUNCTION public.hold() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.position % 500 = 1 THEN PERFORM pg_sleep(0.3); END IF;
                IF NEW.position >= TG_ARGV[0]::bigint THEN PERFORM pg_advisory_xact_lock_shared(\(key)); END IF;
                RETURN NEW;
            END
            $$;
            CREATE TRIGGER hold BEFORE INSERT ON hooklog.event FOR EACH ROW EXECUTE FUNCTION public.hold('\(position)');
            """
        )
    }

    private static func process(_ arguments: [String], in hooklog: ServedHooklog) throws -> Process {
        let process = Process()
        process.executableURL = HooklogBinary.url
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment
            .merging(["HOOKLOG_EMBEDDED_POSTGRES": hooklog.directory.path]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return process
    }

    private static func isLock(_ state: String, in hooklog: ServedHooklog) async throws -> Bool {
        let locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = \(key) AND \(state)"
        return try await hooklog.query(locks) == "1"
    }
}
