extension EmbeddedPostgres {
    /// Returns the 32 bytes of `master.key`, made together with the cluster.
    ///
    /// Throws `masterKeyMissing` when the file is gone: a new key could not open what the old one sealed.
    package nonisolated func loadMasterKey() throws(EmbeddedPostgresError) -> [UInt8] {
        try MasterKeyFile(path: layout.masterKeyFile).load()
    }
}
