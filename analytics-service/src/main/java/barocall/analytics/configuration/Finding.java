package barocall.analytics.configuration;

/**
 * What is wrong or doubtful in a city's file.
 *
 * @param kind {@code wrong}: the service would not start with it; {@code doubtful}; or {@code
 *     changed}: the file is not what the service works with
 * @param lang of its words, where it is not the page's
 * @param place file and line
 */
public record Finding(String kind, String message, String remedy, String place, String lang) {}
