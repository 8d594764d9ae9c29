import Foundation

/// Faults of every kind, at random moments, one after the other.
struct CampaignFaults: Sendable {
    enum Fault: String, CaseIterable {
        case killedService = "killed service"
        case killedPostgres = "killed PostgreSQL"
        case frozenService = "frozen service"
        case frozenPostgres = "frozen PostgreSQL"
        case terminatedBackends = "terminated backends"
        case readOnlyDatabase = "read-only database"
        case missingPartition = "missing partition"
        case rebuild
        case fullDisk = "full disk"
    }

    let work: CampaignWork
    /// Where the database and the service's own files are; nil where none could be mounted.
    let disk: SmallDisk?

    private var hooklog: ServedHooklog { work.hooklog }

    /// Injects faults until the time has passed, each after some more deliveries were acknowledged.
    func run(for length: Duration) async throws {
        let end = ContinuousClock.now + length
        var kinds: [Fault] = []
        while ContinuousClock.now < end {
            try await work.load.waitForAcknowledgements(Int.random(in: 5...200))
            if kinds.isEmpty { kinds = Fault.allCases.filter { $0 != .fullDisk || disk != nil }.shuffled() }
            let fault = kinds.removeLast()
            try await work.noteMemory()
            try await inject(fault)
            await work.tally.injected(fault.rawValue)
        }
        try await work.load.waitForAcknowledgements(20)
    }

    private func inject(_ fault: Fault) async throws {
        switch fault {
        case .killedService:
            await hooklog.crash()
            try await hooklog.start()
        case .killedPostgres:
            try await hooklog.crashPostgres()
            try await hooklog.waitUntilReady()
        case .frozenService:
            guard let number = await hooklog.processID else { return }
            try await freeze([number])
        case .frozenPostgres:
            try await freeze(hooklog.postgresProcesses())
        case .terminatedBackends:
            _ = try await hooklog.query(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
                """
            )
        case .readOnlyDatabase:
            try await setReadOnly("on")
            try await setReadOnly("off")
        case .missingPartition:
            try await detachAndAttachMonth()
        case .rebuild:
            _ = try await hooklog.output(of: "projections", "rebuild", "directory")
        case .fullDisk:
            if let disk { try await fill(disk) }
        }
    }

    /// Stops processes for up to two seconds; nothing but time ends it.
    private func freeze(_ processes: [pid_t]) async throws {
        for number in processes { kill(number, SIGSTOP) }
        // A process that is stopped gives no signal.
        try await Task.sleep(for: .milliseconds(Int64.random(in: 50...2_000)))
        for number in processes { kill(number, SIGCONT) }
    }

    /// Leaves no room until a delivery was refused for it and somewhat longer; then the service is well again by itself.
    private func fill(_ disk: SmallDisk) async throws {
        try disk.fill()
        // Bodies that need pages of their own: there may be room for small ones in those that are there.
        let padding = String(repeating: "x", count: 100_000)
        try await OtherProcess.wait(for: "a delivery to be refused for want of room", log: { hooklog.log }) {
            let number = UInt64.random(in: 0 ... .max)
            let body = #"{"id":"full_\#(number)","type":"note.made","data":{"object":{"text":"\#(padding)"}}}"#
            let status = try? await work.sender.deliver(body, deliveryID: "full_\(number)").status
            await work.tally.answered("delivery to a full disk", status)
            return status == 503
        }
        // How long a disk is full is up to whoever makes room: nothing but time ends it here.
        try await Task.sleep(for: .milliseconds(Int64.random(in: 50...2_000)))
        try disk.free()
        try await hooklog.waitUntilReady()
    }

    private func setReadOnly(_ value: String) async throws {
        _ = try await hooklog.query("ALTER SYSTEM SET default_transaction_read_only = \(value)")
        _ = try await hooklog.query("SELECT pg_reload_conf()")
        try await OtherProcess.wait(for: "PostgreSQL to take the setting", log: { hooklog.log }) {
            try await hooklog.query("SHOW default_transaction_read_only") == value
        }
    }

    /// Takes the month's partition away for a moment and puts it back, bounds and all.
    private func detachAndAttachMonth() async throws {
        let names = try await hooklog.query(
            """
            SELECT c.oid::regclass, pg_get_expr(c.relpartbound, c.oid) FROM pg_class AS c
            WHERE c.relispartition AND c.oid = (
                SELECT tableoid FROM hooklog.event WHERE workspace_id = 1 ORDER BY position DESC LIMIT 1)
            """
        ).split(separator: "|").map(String.init)
        guard names.count == 2 else { return }
        _ = try await hooklog.query("ALTER TABLE hooklog.event DETACH PARTITION \(names[0])")
        // How long a month is missing is up to whoever took it away: nothing but time ends it here either.
        try await Task.sleep(for: .milliseconds(Int64.random(in: 50...1_000)))
        _ = try await hooklog.query("ALTER TABLE hooklog.event ATTACH PARTITION \(names[0]) \(names[1])")
    }
}
