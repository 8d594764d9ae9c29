import Configuration
import Projections

/// How read models are kept, and where users' own projections are.
struct ProjectionSettings: Sendable {
    /// The directory of users' own projections.
    let directory: String?
    /// How the projector of the projections compiled in works.
    let projector: ProjectorConfiguration

    /// Reads the settings.
    ///
    /// - `projections`: path of a directory, default none: one `.sql` file for each projection of your own
    /// - `projector_workers`: whole number, default 4: pages that are folded at a time, each on a connection
    ///
    /// - Throws: `invalidSetting` naming the key.
    init(config: ConfigReader) throws(CommandError) {
        directory = try config.text(.projections)
        var projector = ProjectorConfiguration()
        projector.scope = .builtIn
        projector.concurrency = try config.number(.projectorWorkers, in: 1...64, default: projector.concurrency)
        self.projector = projector
    }

    /// Reads the projections compiled in and those of the directory.
    ///
    /// - Throws: `unreadableFile` when the directory cannot be read, `ProjectionError` when a file holds no projection.
    func catalog() throws -> ProjectionCatalog {
        do {
            return try ProjectionCatalog(directory: directory)
        } catch let error as ProjectionError {
            throw error
        } catch {
            throw CommandError(
                .unreadableFile,
                "The projections in \(directory ?? "") cannot be read. Check the directory named with"
                    + " \(SettingKey.projections.flag) and that you may read it."
            )
        }
    }
}
