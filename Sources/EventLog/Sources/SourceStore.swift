import Foundation
import Postgres
import WebhookSignatures

/// Makes, shows and changes sources.
///
/// Every change is one transaction that also notifies channel `hooklog_source`, so that receivers know at once, and
/// after at most two seconds should the notification be lost.
package struct SourceStore: Sendable {
    /// The channel on which changes are told; the payload is the source's identifier.
    package static let channel = "hooklog_source"
    /// The longest time for which an old secret counts beside a new one.
    package static let longestOverlap = Duration.seconds(30 * 86400)

    let pool: PostgresPool
    let senders: Senders
    let sealer: SecretSealer?
    let now: @Sendable () -> PostgresTimestamp

    /// Creates a store; without a sealer it shows and disables but makes and rotates nothing.
    package init(
        pool: PostgresPool,
        senders: Senders,
        sealer: SecretSealer?,
        now: @escaping @Sendable () -> PostgresTimestamp = { PostgresTimestamp(Date()) }
    ) {
        self.pool = pool
        self.senders = senders
        self.sealer = sealer
        self.now = now
    }

    /// Makes a source; the secret it returns cannot be shown again.
    ///
    /// Throws `missingMasterKey`, `unknownConnector`, `invalidArgument`, `invalidSecret`, `unknownWorkspace`,
    /// `nameTaken` or `unavailable`.
    package func create(_ draft: SourceDraft) async throws(EventLogError) -> IssuedSecret {
        let sealer = try requireSealer()
        try draft.settings.validate(for: try senders.sender(draft.connector))
        let id = SourceID.random(in: draft.workspace)
        let secret = try issue(draft.secret, for: id, connector: draft.connector, settings: draft.settings)
        let parameters: [PostgresParameter] = [
            .int8(id.workspace.rawValue),
            .int8(id.number),
            .text(draft.connector.rawValue),
            .text(draft.name),
            .jsonb(try Self.text(of: draft.settings)),
            .bytea(try sealer.seal(secret.text, at: SecretAddress(source: id, number: 1))),
            .timestamptz(now()),
            .text(id.description),
        ]
        let access = try draft.settings.fetch.map { (fetch) throws(EventLogError) in
            try configuration(fetch, token: draft.fetchToken ?? "", of: id)
        }
        try await insert(parameters, access, in: draft.workspace, as: id)
        return secret
    }

    /// Writes a new source, and in the same transaction how its objects are fetched.
    private func insert(
        _ source: [PostgresParameter],
        _ access: [PostgresParameter]?,
        in workspace: WorkspaceID,
        as id: SourceID
    ) async throws(EventLogError) {
        guard let access else {
            let result = try await query(Queries.createSource, source, workspace: workspace)
            guard result.rowCount == 1 else { throw EventLogError(.unknownWorkspace, workspace: workspace) }
            return
        }
        try await transaction(on: id) { connection in
            guard try await connection.query(Queries.createSource, source).rowCount == 1 else {
                throw EventLogError(.unknownWorkspace, workspace: workspace)
            }
            _ = try await connection.query(Queries.configureFetch, access)
        }
    }

    /// The sources of a workspace, by name, disabled ones included.
    package func list(in workspace: WorkspaceID) async throws(EventLogError) -> [SourceDetails] {
        let result = try await query(Queries.listSources, [.int8(workspace.rawValue)], workspace: workspace)
        return try Self.records(result).map(\.details)
    }

    /// One source; throws `unknownSource` when there is none.
    package func show(_ id: SourceID) async throws(EventLogError) -> SourceDetails {
        let result = try await query(
            Queries.readSource,
            [.int8Array([id.workspace.rawValue]), .int8Array([id.number])],
            workspace: id.workspace
        )
        return try Self.details(of: id, in: result)
    }

    /// Gives a source a new secret from now on; the older ones count until now plus `overlap`, or earlier as set before.
    ///
    /// Now is what the database's clock says.
    ///
    /// Throws `unknownSource`, `invalidArgument` for an overlap outside 0 to 30 days or too many secrets that still
    /// count, and what ``create(_:)`` throws.
    package func rotate(
        _ id: SourceID,
        secret: String? = nil,
        overlap: Duration
    ) async throws(EventLogError) -> IssuedSecret {
        let sealer = try requireSealer()
        guard .zero...Self.longestOverlap ~= overlap else {
            throw EventLogError(.invalidArgument, source: id, detail: "the overlap must be 0 to 30 days.")
        }
        return try await transaction(on: id) { connection in
            let details = try await lock(id, on: connection)
            let moment = now()
            let number = (details.secrets.map(\.number).max() ?? 0) + 1
            guard details.secrets.count(where: { $0.counts(at: moment) }) < WebhookVerifier.maximumKeyCount else {
                throw EventLogError(.invalidArgument, source: id, detail: "16 secrets count already.")
            }
            let issued = try issue(secret, for: id, connector: details.connector, settings: details.settings)
            let sealed = try sealer.seal(issued.text, at: SecretAddress(source: id, number: number))
            _ = try await connection.query(
                Queries.rotateSource,
                [
                    .int8(id.workspace.rawValue), .int8(id.number), .int8(number), .bytea(sealed),
                    .float8(overlap / .seconds(1)), .text(id.description),
                ]
            )
            return issued
        }
    }

    /// Refuses the source's deliveries from now on; events that it brought stay.
    package func disable(_ id: SourceID) async throws(EventLogError) { try await setDisabled(true, id) }

    /// Takes the source's deliveries again.
    package func enable(_ id: SourceID) async throws(EventLogError) { try await setDisabled(false, id) }

    private func setDisabled(_ isDisabled: Bool, _ id: SourceID) async throws(EventLogError) {
        let result = try await query(
            Queries.setSourceDisabled,
            [
                .int8(id.workspace.rawValue), .int8(id.number), .timestamptz(isDisabled ? now() : nil),
                .text(id.description),
            ],
            workspace: id.workspace
        )
        guard result.rowCount == 1 else { throw EventLogError(.unknownSource, source: id) }
    }

    private func lock(_ id: SourceID, on connection: PostgresConnection) async throws -> SourceDetails {
        let parameters: [PostgresParameter] = [.int8(id.workspace.rawValue), .int8(id.number)]
        guard try await connection.query(Queries.lockSource, parameters).rowCount == 1 else {
            throw EventLogError(.unknownSource, source: id)
        }
        let result = try await connection.query(
            Queries.readSource,
            [.int8Array([id.workspace.rawValue]), .int8Array([id.number])]
        )
        return try Self.details(of: id, in: result)
    }

    private static func details(of id: SourceID, in result: PostgresResult) throws(EventLogError) -> SourceDetails {
        guard let record = try records(result).first else { throw EventLogError(.unknownSource, source: id) }
        return record.details
    }

    func requireSealer() throws(EventLogError) -> SecretSealer {
        guard let sealer else { throw EventLogError(.missingMasterKey) }
        return sealer
    }
}

extension SourceStore {
    /// Checks the sender's secret, or makes one.
    private func issue(
        _ secret: String?,
        for id: SourceID,
        connector: ConnectorName,
        settings: SourceSettings
    ) throws(EventLogError) -> IssuedSecret {
        let scheme = try senders.sender(connector).scheme(settings)
        do throws(SignatureError) {
            let text: String
            if let secret {
                text = secret
            } else {
                text = try SigningSecret.generate(for: scheme).text
            }
            let key = try VerificationKey(
                text,
                id: "new",
                for: scheme,
                allowsShortSecret: settings.allowShortSecret
            )
            return IssuedSecret(source: id, text: text, warnings: key.warnings.map(\.description))
        } catch {
            throw EventLogError(.invalidSecret, detail: error.description)
        }
    }

    func query(
        _ statement: PostgresStatement,
        _ parameters: [PostgresParameter],
        workspace: WorkspaceID
    ) async throws(EventLogError) -> PostgresResult {
        do throws(PostgresError) {
            return try await pool.query(statement, parameters)
        } catch {
            throw EventLogError(error, workspace: workspace)
        }
    }

    nonisolated(nonsending) private func transaction<Value>(
        on id: SourceID,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws(EventLogError) -> Value {
        do {
            return try await pool.withConnection { connection in
                try await connection.withTransaction { try await body($0) }
            }
        } catch let error as EventLogError {
            throw error
        } catch let error as PostgresError {
            throw EventLogError(error, source: id)
        } catch {
            throw EventLogError(.databaseFailed, source: id)
        }
    }

    static func records(_ result: PostgresResult) throws(EventLogError) -> [SourceRecord] {
        do throws(PostgresError) {
            return try result.rows.map(SourceRecord.init)
        } catch {
            throw EventLogError(error)
        }
    }

    static func text(of settings: some Encodable) throws(EventLogError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        do {
            return String(decoding: try encoder.encode(settings), as: UTF8.self)
        } catch {
            throw EventLogError(.invalidArgument, detail: "the settings cannot be written as JSON.")
        }
    }
}
