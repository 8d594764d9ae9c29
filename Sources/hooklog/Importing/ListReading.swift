import Connectors
import EventLog
import Foundation
import Postgres

/// Reads a vendor's lists from its API, a few pages at a time.
actor ListReading: ImportReading {
    /// Where an import from an API goes on.
    struct State: Codable, Hashable {
        let place: VendorWalk.Place
        let objects: Int
    }

    /// A slow vendor's objects wait no longer than this for others.
    private static let longestChunk = Duration.seconds(1)

    nonisolated let origin: String
    nonisolated let earlierCount: Int
    private let answers: any ListAnswering
    private var walk: VendorWalk
    private var objectCount: Int

    /// Creates a reading of all lists.
    ///
    /// - Parameters:
    ///   - width: How many requests may be under way at a time.
    ///   - earlier: The state of an interrupted import of the same origin.
    init(_ api: VendorAPI, origin: String, answers: any ListAnswering, width: Int, earlier: [UInt8]? = nil) {
        let state = earlier.flatMap { try? JSONDecoder().decode(State.self, from: Data($0)) }
        self.origin = origin
        self.answers = answers
        walk = VendorWalk(api, from: state?.place, width: width)
        earlierCount = state?.objects ?? 0
        objectCount = earlierCount
    }

    func next() async throws -> ImportChunk? {
        var chunk = ImportChunk(unit: .object)
        var bytes = 0
        guard !walk.isOver else { return nil }
        // What is read counts as of when it was asked for, since it may change while it is on its way.
        chunk.readAt = PostgresTimestamp(Date())
        let start = ContinuousClock.now
        while !walk.isOver, chunk.entries.count < EventImporter.batchCount / 2, bytes < EventImporter.batchBytes,
            ContinuousClock.now - start < Self.longestChunk
        {
            let pages = try await answer(walk.requests)
            walk.receive(pages)
            for page in pages {
                for line in page?.lines ?? [] {
                    objectCount += 1
                    bytes += line.bytes.count
                    chunk.entries.append(ImportChunk.Entry(number: objectCount, line: line))
                }
            }
        }
        chunk.done = Int64(objectCount)
        chunk.state = Array(try JSONEncoder().encode(State(place: walk.place, objects: objectCount)))
        return chunk
    }

    /// Asks for all at a time; the pages stand in the order of the requests.
    private func answer(_ requests: [VendorPageRequest]) async throws -> [VendorPage?] {
        let answers = answers
        return try await withThrowingTaskGroup(of: (Int, VendorPage?).self) { group in
            for (index, request) in requests.enumerated() {
                group.addTask { (index, try await answers.page(request)) }
            }
            var pages = [VendorPage?](repeating: nil, count: requests.count)
            for try await (index, page) in group { pages[index] = page }
            return pages
        }
    }
}
