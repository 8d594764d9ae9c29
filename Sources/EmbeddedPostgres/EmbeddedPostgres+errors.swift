import Logging

extension EmbeddedPostgres {
    var metadata: Logger.Metadata { ["cluster.path": "\(layout.directory)"] }

    /// Words the failure the state machine decided on.
    func error(_ failure: SupervisionStateMachine.Failure) -> EmbeddedPostgresError {
        let directory = layout.directory
        switch failure {
        case .damaged:
            return EmbeddedPostgresError(
                code: .clusterDamaged,
                path: layout.dataDirectory,
                problem: "\(layout.dataDirectory) holds files, but not those of a complete PostgreSQL cluster",
                remedy: "restore it from a backup, or move it away to begin with an empty one"
            )
        case .vanished:
            return EmbeddedPostgresError(
                code: .clusterDamaged,
                path: layout.dataDirectory,
                problem: "\(layout.dataDirectory) went away while it was served",
                remedy: "put it back, then start hooklog again"
            )
        case .startFailed:
            return failedStart(.startFailed, "PostgreSQL ends when it is started in \(directory)")
        case .absentTooLong:
            let deadline = configuration.deadlines.absence
            return failedStart(.startTimedOut, "No PostgreSQL came up in \(directory) within \(deadline)")
        case .recoveryTooLong:
            let deadline = configuration.deadlines.recovery
            return failedStart(.startTimedOut, "PostgreSQL in \(directory) took no connections within \(deadline)")
        case .servedElsewhere:
            return EmbeddedPostgresError(
                code: .servedElsewhere,
                path: directory,
                problem:
                    "PostgreSQL serves \(directory) from a process that cannot be seen here, as in another container",
                remedy: "stop that container, or let both share their process ids"
            )
        }
    }

    private func failedStart(_ code: EmbeddedPostgresError.Code, _ problem: String) -> EmbeddedPostgresError {
        EmbeddedPostgresError(
            code: code,
            path: layout.directory,
            problem: problem,
            remedy: "see \(layout.logFile)",
            logTail: ServerLog(path: layout.logFile).lastLines()
        )
    }
}
