/// What a list takes: how it is paged, ordered and filtered.
package struct ListRules: Sendable {
    /// How a page is asked for.
    package enum Paging: Sendable {
        /// By `limit` and the object that the page before ended or began with, newest first.
        case edges(usual: Int64, most: Int64)
        /// By the page's number, from `first` on, and its size; with `isCounted`, a page beyond the last is none.
        case pages(first: Int64, size: String, usual: Int64, most: Int64, isCounted: Bool)
    }

    /// How an order is asked for.
    package enum Order: Sendable {
        case fixed
        /// `ordering=name`, or `ordering=-name` for descending; an unknown name is passed over.
        case ordering
        /// `sort_by=name` and `sort_order=asc` or `desc`.
        case sortBy
    }

    package let paging: Paging
    package var order = Order.fixed
    /// What rows may be sorted by; the first is when they were made, and what they are sorted by unless asked otherwise.
    package var sorts: [String] = []
    package var filters: [ListFilter] = []
}

/// A parameter by which a list is filtered.
package struct ListFilter: Sendable {
    /// What it asks for.
    package enum Kind: Sendable {
        /// The text, or with `__in` after the name one of several.
        case text
        /// The e-mail address in lower case.
        case lowercased
        case boolean
        /// An element of a list.
        case element
        /// A range of time, with `__gte`, `__gt`, `__lte` or `__lt` after the name.
        case time
        /// A part of a text, its beginning or its end; in any case.
        case search
        case prefix
        case suffix
        /// The texts in an object, with `__` and a member's name after the name.
        case members
    }

    package let name: String
    package let kind: Kind
    /// Where in a document the value may be.
    package let paths: [[String]]
    /// The column with an index that has the value instead; nil when there is none.
    package let column: String?

    /// Creates a filter; the value is at the document's member of its name unless stated.
    package init(_ name: String, _ kind: Kind = .text, at paths: [[String]]? = nil, column: String? = nil) {
        self.name = name
        self.kind = kind
        self.paths = paths ?? [[name]]
        self.column = column
    }
}
