import Postgres

extension SourceStore {
    /// Says where and with which token a source's objects are fetched from now on; nil keeps the token, which only counts for
    /// the scheme, host and port that it was given for.
    ///
    /// What waits is tried at once, and what is being fetched as well. Throws `unknownSource`, `invalidArgument` for a source of another connector, an unsound
    /// address, another origin without its token or a source without a token, `invalidSecret`, `missingMasterKey` or `unavailable`.
    package func configureFetch(
        _ id: SourceID,
        _ settings: FetchSourceSettings,
        token: String?
    ) async throws(EventLogError) {
        let details = try await show(id)
        var changed = details.settings
        changed.fetch = settings
        try changed.validate(for: try senders.sender(details.connector))
        guard token != nil || details.settings.fetch.map({ $0.origin == settings.origin }) ?? true else {
            throw EventLogError(.invalidArgument, source: id, detail: "another address needs its token; give it again.")
        }
        let parameters = try configuration(settings, token: token, of: id)
        let isConfigured = try await pool.rows(Queries.configureFetch, parameters, workspace: id.workspace) {
            (row) throws(PostgresError) in try row[0, as: Bool.self]
        }
        guard isConfigured.first == true else {
            throw EventLogError(.invalidArgument, source: id, detail: "it has no token to fetch with; give one.")
        }
    }

    /// The token with which a source's objects are fetched from an address; nil when it has none.
    ///
    /// Throws `missingMasterKey`, `unsealFailed` for an address that it was not given for, or `unavailable`.
    package func fetchToken(of id: SourceID, at settings: FetchSourceSettings) async throws(EventLogError) -> String? {
        let sealer = try requireSealer()
        let parameters: [PostgresParameter] = [.int8(id.workspace.rawValue), .int8(id.number)]
        let tokens = try await pool.rows(Queries.readFetchToken, parameters, workspace: id.workspace) {
            (row) throws(PostgresError) in try row[0, as: [UInt8].self]
        }
        guard let sealed = tokens.first else { return nil }
        return try sealer.open(sealed, at: .fetchToken(of: id, at: settings.origin ?? ""))
    }

    /// How fetching fares for a source.
    package func fetchStatus(of id: SourceID) async throws(EventLogError) -> SourceFetchStatus {
        let statuses = try await pool.rows(
            Queries.readSourceFetch,
            [.int8(id.workspace.rawValue), .int8(id.number)],
            workspace: id.workspace,
            read: SourceFetchStatus.init
        )
        guard let status = statuses.first else {
            throw EventLogError(PostgresError(.decoding, serverMessage: "there is no row"), source: id)
        }
        return status
    }

    /// The parameters of `configure_fetch`.
    func configuration(
        _ settings: FetchSourceSettings,
        token: String?,
        of id: SourceID
    ) throws(EventLogError) -> [PostgresParameter] {
        var sealed: [UInt8]?
        if let token {
            try FetchSourceSettings.validate(token: token)
            sealed = try requireSealer().seal(token, at: .fetchToken(of: id, at: settings.origin ?? ""))
        }
        return [
            .int8(id.workspace.rawValue), .int8(id.number), .jsonb(try Self.text(of: settings)), .bytea(sealed),
            .timestamptz(now()), .text(id.description),
        ]
    }
}
