/// What is wrong with one value of a request, in no vendor's words.
package struct Fault: Hashable, Sendable {
    /// The part of the request that has it.
    package enum Place: String, Sendable {
        case body
        case query
        case path
        case header
    }

    /// What a value should be.
    package enum Expected: Hashable, Sendable {
        case text
        case boolean
        case number
        case integer
        case list
        case object
        case time
    }

    /// What is wrong.
    package enum Cause: Error, Hashable, Sendable {
        case notJSON
        case required
        case null
        case blank
        case notA(Expected)
        case tooLong(Int)
        case notAnEmail
        /// Anything but lower-case letters, digits and hyphens between them.
        case notASlug
        case notAUUID
        case notOneOf([String], given: String)
        /// A number that is less than the least.
        case tooSmall(Int64)
        /// A number that is greater than the greatest.
        case tooBig(Int64)
        /// A text that could not be kept.
        case unreadable
        /// A parameter that is given more than once.
        case repeated
        /// A parameter that does not go with another one.
        case excludes(String)
        /// The id of nothing that there is, or that may be meant.
        case unknownReference(String)
        /// Another object has it.
        case taken
        /// There are as many as there may be.
        case limitReached(String)
    }

    package let place: Place
    /// The name of the value; nil for the request as a whole.
    package let name: String?
    package let cause: Cause

    /// Creates a fault.
    package init(_ place: Place, _ name: String?, _ cause: Cause) {
        self.place = place
        self.name = name
        self.cause = cause
    }
}
