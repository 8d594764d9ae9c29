/// One table of a projection, as one file defines it.
package struct ProjectionTable: Sendable, Hashable, Encodable {
    /// What a row of the table stands for.
    package enum Kind: String, Sendable, Hashable, Codable {
        /// An entity: the fold of its events.
        case entity
        /// A single event; rows are only added.
        case event
    }

    /// Events that the table reads.
    package struct Selector: Sendable, Hashable, Codable {
        /// The system that they come from: a connector's name.
        package let system: String
        /// The type of entity that they tell of; `*` is any.
        package let entityType: String

        /// Creates a selector.
        package init(system: String, entityType: String) {
            self.system = system
            self.entityType = entityType
        }

        private enum CodingKeys: String, CodingKey {
            case system
            case entityType = "entity_type"
        }
    }

    /// Where a table's SELECT stands.
    package struct Place: Sendable, Hashable {
        /// The file.
        package let file: String
        /// The line that the SELECT begins at, from 1.
        package let line: Int
    }

    /// The table's name, which is also that of its view.
    package let name: String
    /// What a row stands for.
    package let kind: Kind
    /// The events it reads.
    package let reads: [Selector]
    /// The SELECT that gives the columns of a row from its document.
    package internal(set) var select: String
    /// Where it was read; no part of the definition.
    package let place: Place?
    /// Secondary indexes: lists of columns in parentheses.
    package let indexes: [String]
    /// What the table holds, in words.
    package let comment: String

    /// Creates a table.
    package init(
        name: String,
        kind: Kind,
        reads: [Selector],
        select: String,
        indexes: [String] = [],
        comment: String = "",
        place: Place? = nil
    ) {
        self.name = name
        self.kind = kind
        self.reads = reads
        self.select = select
        self.indexes = indexes
        self.comment = comment
        self.place = place
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case kind
        case reads
        case select
        case indexes
        case comment
    }
}
